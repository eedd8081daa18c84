package io.hera.cli.certificates;

import io.hera.tls.Pem;
import io.hera.tls.SubjectNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * A certificate authority in a directory: {@code ca.p12} has its key, {@code ca.crt} its certificate, and {@code NODE/} what
 * a node needs. All files are for their owner alone.
 *
 * <p>A file is written beside its final place and then renamed, so that a running node reads it whole.
 */
public final class CertificateAuthority {
  private static final int CA_DAYS = 3_650;
  private static final int NODE_DAYS = 365;
  private static final String CA = "ca";
  private static final String NODE = "node";
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_READS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ENTERS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path directory;
  private final PrintWriter out;

  /** The authority in a directory, which need not exist; prints what it writes. */
  public CertificateAuthority(Path directory, PrintWriter out) {
    this.directory = directory;
    this.out = out;
  }

  /** What happens to certificates that exist. */
  public enum Existing {
    /** They are a fault. */
    KEEP,
    /** They are replaced, by the same authority. */
    RENEW
  }

  /**
   * Issues a certificate to each of the nodes. The authority is made if there is none.
   *
   * @throws IllegalArgumentException before anything is written, if something is in the way
   * @throws IOException if keytool fails, or a file cannot be written
   */
  public void issue(List<NodeHosts> nodes, Existing existing) throws IOException {
    check(nodes, existing);
    Files.createDirectories(directory, OWNER_ENTERS);
    if (Files.notExists(store())) {
      createAuthority();
    }
    for (NodeHosts node : nodes) {
      issue(node);
    }
  }

  private void check(List<NodeHosts> nodes, Existing existing) {
    if (existing == Existing.RENEW && Files.notExists(store())) {
      throw new IllegalArgumentException(
          store() + " does not exist: without --renew a new CA is made");
    }
    if (Files.notExists(store()) && Files.exists(directory.resolve("ca.crt"))) {
      throw new IllegalArgumentException(directory.resolve("ca.crt")
          + " exists, but ca.p12 does not: the key of this CA is elsewhere");
    }
    for (NodeHosts node : nodes) {
      Path certificate = directory.resolve(node.node()).resolve("tls.crt");
      if (existing == Existing.KEEP && Files.exists(certificate)) {
        throw new IllegalArgumentException(certificate + " exists: --renew replaces it");
      }
    }
  }

  private Path store() {
    return directory.resolve("ca.p12");
  }

  private void createAuthority() throws IOException {
    Path work = Files.createTempDirectory(directory, ".new", OWNER_ENTERS);
    try {
      Path made = work.resolve("ca.p12");
      new Keytool(made)
          .generate(
              CA,
              "Hera CA",
              CA_DAYS,
              List.of("-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign,cRLSign"));
      Entry entry = read(made, CA);
      write(directory.resolve("ca.crt"), Pem.of(entry.chain()));
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
      Files.move(made, store(), StandardCopyOption.ATOMIC_MOVE);
      out.println("wrote " + store() + ": the key of a new CA; keep it off the nodes");
    } finally {
      delete(work);
    }
  }

  private void issue(NodeHosts node) throws IOException {
    Path work = Files.createTempDirectory(directory, ".new", OWNER_ENTERS);
    try {
      Path copy = Files.copy(store(), work.resolve("ca.p12"));
      new Keytool(copy)
          .generate(
              NODE,
              node.node().replaceAll("[^A-Za-z0-9._-]", "-"),
              NODE_DAYS,
              List.of(
                  "-signer",
                  CA,
                  "-ext",
                  node.alternativeNames(),
                  "-ext",
                  "eku=serverAuth,clientAuth",
                  "-ext",
                  "ku:c=digitalSignature"));
      write(node.node(), read(copy, NODE));
    } finally {
      delete(work);
    }
  }

  private void write(String node, Entry issued) throws IOException {
    Path target = Files.createDirectories(directory.resolve(node), OWNER_ENTERS);
    X509Certificate own = issued.chain().get(0);
    write(target.resolve("ca.crt"), Files.readString(directory.resolve("ca.crt")));
    write(target.resolve("tls.key"), Pem.of(issued.key()));
    write(target.resolve("tls.crt"), Pem.of(List.of(own)));
    out.println("wrote " + target + "/{tls.crt,tls.key,ca.crt}: " + SubjectNames.of(own)
        + ", until " + own.getNotAfter().toInstant());
  }

  private static void write(Path file, String text) throws IOException {
    Path next = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(next);
    Files.createFile(next, OWNER_READS);
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void delete(Path work) throws IOException {
    Files.deleteIfExists(work.resolve("ca.p12"));
    Files.delete(work);
  }

  /** A key with its certificate and that of its issuer. */
  private record Entry(PrivateKey key, List<X509Certificate> chain) {}

  private static Entry read(Path store, String alias) throws IOException {
    char[] password = Keytool.PASSWORD.toCharArray();
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password);
      if (keys.getKey(alias, password) instanceof PrivateKey key
          && keys.getCertificate(alias) instanceof X509Certificate certificate) {
        return new Entry(key, List.of(certificate));
      }
      throw new IOException(store + " has no key " + alias);
    } catch (GeneralSecurityException e) {
      throw new IOException(store + " cannot be read: " + e.getMessage(), e);
    }
  }
}
