package io.hera.tls;

/**
 * A rule that TLS material breaks.
 *
 * @param file path of the file
 * @param rule the predicate of a sentence about the file
 */
public record TlsFault(String file, String rule) {
  @Override
  public String toString() {
    return file + " " + rule;
  }
}
