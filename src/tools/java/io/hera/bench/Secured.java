package io.hera.bench;

import io.hera.testkit.TestCa;
import io.hera.testkit.TlsNodes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * TLS for subjects: a certificate that all of them serve, and clients that trust it.
 *
 * @param directory has the files, as the setting {@code tls} wants them
 * @param client trusts the certificate
 * @param ca the trusted certificate, in PEM
 */
record Secured(Path directory, HttpClient client, String ca) {
  /** Makes a certificate of a new CA, on P-256. */
  static Secured create() throws IOException {
    TestCa ca = new TestCa();
    Path directory = Files.createTempDirectory("hera-bench-tls");
    ca.write(directory, ca.issue("127.0.0.1"));
    for (String file : new String[] {"tls.crt", "tls.key", "ca.crt"}) {
      directory.resolve(file).toFile().deleteOnExit();
    }
    return new Secured(directory, TlsNodes.client(ca.clientContext()), ca.pem());
  }

  /** Returns the line of a configuration. */
  String setting() {
    return "tls: " + directory + "\n";
  }

  /** Returns the options of a driver. */
  NetClientOptions driver() {
    return new NetClientOptions()
        .setSsl(true)
        .setHostnameVerificationAlgorithm("HTTPS")
        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca)));
  }
}
