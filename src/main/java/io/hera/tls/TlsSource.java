package io.hera.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the files of TLS material are. Reading blocks.
 *
 * @param certificate path of the certificate and its chain
 * @param key path of the private key
 * @param ca path of the trusted certificates
 * @param crl path of the revocation list
 * @param layout what the paths were made of
 */
public record TlsSource(
    String certificate, String key, Optional<String> ca, Optional<String> crl, Layout layout) {
  /** The size of the largest file that is read. */
  static final int BYTES_MAX = 1 << 20;

  /** How the files were named. */
  public enum Layout {
    /** One by one: each has to exist. */
    FILES,
    /** By their directory: {@code ca.crt} and {@code ca.crl} may be missing. */
    DIRECTORY
  }

  /** Returns the source of a directory with the names that cert-manager and Kubernetes use. */
  public static TlsSource directory(String directory) {
    String prefix = directory.endsWith("/") ? directory : directory + "/";
    return new TlsSource(
        prefix + "tls.crt",
        prefix + "tls.key",
        Optional.of(prefix + "ca.crt"),
        Optional.of(prefix + "ca.crl"),
        Layout.DIRECTORY);
  }

  /** Returns the source of single files. */
  public static TlsSource files(
      String certificate, String key, Optional<String> ca, Optional<String> crl) {
    return new TlsSource(certificate, key, ca, crl, Layout.FILES);
  }

  /** Returns the directory, or the paths as a mapping. */
  @Override
  public String toString() {
    if (layout == Layout.DIRECTORY) {
      return certificate.substring(0, certificate.length() - "/tls.crt".length());
    }
    StringBuilder text = new StringBuilder("{certificate: " + certificate + ", key: " + key);
    ca.ifPresent(path -> text.append(", ca: ").append(path));
    crl.ifPresent(path -> text.append(", crl: ").append(path));
    return text.append("}").toString();
  }

  /**
   * Reads all files.
   *
   * @throws TlsException if one cannot be read, is missing, or may be written by every user of the machine
   */
  public TlsFiles read() throws TlsException {
    List<TlsFault> faults = new ArrayList<>();
    Optional<PemFile> own = read(certificate, faults);
    Optional<PemFile> secret = read(key, faults);
    Optional<PemFile> trusted = ca.flatMap(path -> readIfThere(path, faults));
    Optional<PemFile> revoked = crl.flatMap(path -> readIfThere(path, faults));
    if (own.isEmpty() || secret.isEmpty() || !faults.isEmpty()) {
      throw new TlsException(faults);
    }
    return new TlsFiles(own.get(), secret.get(), trusted, revoked);
  }

  /**
   * Reads the files that a client needs, which are not secret.
   *
   * @throws TlsException as {@link #read}
   */
  public Trust readTrust() throws TlsException {
    List<TlsFault> faults = new ArrayList<>();
    Optional<PemFile> trusted = ca.flatMap(path -> readIfThere(path, faults));
    Optional<PemFile> revoked = crl.flatMap(path -> readIfThere(path, faults));
    if (!faults.isEmpty()) {
      throw new TlsException(faults);
    }
    return Trust.of(trusted, revoked);
  }

  /** Returns a line if every user of the machine may read the key. */
  public Optional<String> warning() {
    return permissions(Path.of(key)).contains(PosixFilePermission.OTHERS_READ)
        ? Optional.of(key + " may be read by every user of this machine: chmod o-r")
        : Optional.empty();
  }

  private Optional<PemFile> readIfThere(String path, List<TlsFault> faults) {
    return layout == Layout.DIRECTORY && Files.notExists(Path.of(path))
        ? Optional.empty()
        : read(path, faults);
  }

  private static Optional<PemFile> read(String path, List<TlsFault> faults) {
    try {
      Path file = Path.of(path);
      Optional<String> fault = fault(file);
      if (fault.isPresent()) {
        faults.add(new TlsFault(path, fault.get()));
        return Optional.empty();
      }
      return Optional.of(
          new PemFile(path, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)));
    } catch (NoSuchFileException e) {
      faults.add(new TlsFault(path, "does not exist"));
    } catch (IOException | InvalidPathException e) {
      faults.add(new TlsFault(path, "cannot be read: " + e.getMessage()));
    }
    return Optional.empty();
  }

  private static Optional<String> fault(Path file) throws IOException {
    if (Files.notExists(file)) {
      return Optional.of("does not exist");
    }
    if (!Files.isRegularFile(file)) {
      return Optional.of(Files.isDirectory(file) ? "is a directory" : "is not a regular file");
    }
    if (!Files.isReadable(file)) {
      return Optional.of("may not be read by this user");
    }
    if (Files.size(file) > BYTES_MAX) {
      return Optional.of("is larger than 1 MiB");
    }
    return permissions(file).contains(PosixFilePermission.OTHERS_WRITE)
        ? Optional.of("may be written by every user of this machine: chmod o-w")
        : Optional.empty();
  }

  /** Returns the permissions; an empty set where there are none of POSIX. */
  private static Set<PosixFilePermission> permissions(Path file) {
    try {
      return Files.getPosixFilePermissions(file);
    } catch (IOException | UnsupportedOperationException unknown) {
      return Set.of();
    }
  }
}
