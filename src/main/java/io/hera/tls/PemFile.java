package io.hera.tls;

/**
 * A file as it was read, whole.
 *
 * @param path where it was read; names it in faults
 * @param text its bytes, one character per byte
 */
public record PemFile(String path, String text) {
  /** Returns the path: the text may be a private key. */
  @Override
  public String toString() {
    return path;
  }
}
