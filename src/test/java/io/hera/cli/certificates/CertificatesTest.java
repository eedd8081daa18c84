package io.hera.cli.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.cli.Hera;
import io.hera.testkit.Console;
import io.hera.tls.Expiry;
import io.hera.tls.MaterialCheck;
import io.hera.tls.MaterialCheck.Checked;
import io.hera.tls.MaterialCheck.Peers;
import io.hera.tls.MaterialCheck.Terms;
import io.hera.tls.TlsException;
import io.hera.tls.TlsMaterial;
import io.hera.tls.TlsSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hera certificates}, with the keytool of this JDK. */
class CertificatesTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path directory;

  @TempDir
  private Path temporary;

  @BeforeEach
  void choose() {
    directory = temporary.resolve("pki");
  }

  private int hera(String... arguments) {
    return Hera.execute(
        "test",
        launch -> 99,
        Console.surroundings(InputStream.nullInputStream(), out, err),
        arguments);
  }

  private void issue(String... nodes) {
    String[] all = Stream.concat(Stream.of("certificates", directory.toString()), Stream.of(nodes))
        .toArray(String[]::new);
    assertThat(hera(all)).as(err.toString()).isZero();
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        files.put(directory.relativize(path).toString(), mode);
      }
    }
    return files;
  }

  private TlsMaterial material(String node, String host) throws TlsException {
    Checked checked = MaterialCheck.check(
        TlsSource.directory(directory.resolve(node).toString()).read(),
        new Terms(host, Peers.SOME, Instant.now()));
    assertThat(checked.warnings()).isEmpty();
    return checked.material();
  }

  @Test
  void oneCommandMakesACaAndWhatEachNodeNeedsForItsOwnerAlone() throws Exception {
    issue("a=a.example,10.0.0.1,fd00::1", "b=b.example");

    assertThat(files())
        .isEqualTo(Map.ofEntries(
            Map.entry("", "rwx------"),
            Map.entry("a", "rwx------"),
            Map.entry("a/ca.crt", "rw-------"),
            Map.entry("a/tls.crt", "rw-------"),
            Map.entry("a/tls.key", "rw-------"),
            Map.entry("b", "rwx------"),
            Map.entry("b/ca.crt", "rw-------"),
            Map.entry("b/tls.crt", "rw-------"),
            Map.entry("b/tls.key", "rw-------"),
            Map.entry("ca.crt", "rw-------"),
            Map.entry("ca.p12", "rw-------")));
    for (String host : List.of("a.example", "10.0.0.1", "fd00::1")) {
      assertThat(material("a", host).isForClients()).isTrue();
    }
    assertThat(material("b", "b.example").names()).hasToString("b.example");
    assertThat(out.toString())
        .contains("wrote " + directory + "/ca.p12: the key of a new CA; keep it off the nodes")
        .contains(directory + "/b/{tls.crt,tls.key,ca.crt}: b.example, until ");
  }

  @Test
  void aNodeIsValidForAYearAndTheCaForTen() throws Exception {
    issue("a=a.example");
    TlsMaterial made = material("a", "a.example");
    Instant now = Instant.now();

    assertThat(made.own().getNotAfter().toInstant())
        .isBetween(now.plus(Duration.ofDays(364)), now.plus(Duration.ofDays(366)));
    assertThat(made.ca().orElseThrow().getNotAfter().toInstant())
        .isBetween(now.plus(Duration.ofDays(3_648)), now.plus(Duration.ofDays(3_651)));
    assertThat(Expiry.of(made.own(), now)).isEqualTo(Expiry.FAR);
  }

  @Test
  void aNodeThatIsAddedLaterHasTheSameCa() throws Exception {
    issue("a=a.example");
    issue("b=b.example");

    assertThat(material("b", "b.example").caPem())
        .isEqualTo(material("a", "a.example").caPem());
  }

  @Test
  void existingCertificatesStayUnlessTheyAreToBeRenewed() throws Exception {
    issue("a=a.example");
    TlsMaterial before = material("a", "a.example");

    assertThat(hera("certificates", directory.toString(), "b=b.example", "a=a.example"))
        .isEqualTo(2);
    assertThat(err)
        .hasToString("hera: " + directory + "/a/tls.crt exists: --renew replaces it"
            + System.lineSeparator());
    assertThat(directory.resolve("b")).doesNotExist();
    assertThat(material("a", "a.example").files()).isEqualTo(before.files());

    issue("--renew", "a=a.example,c.example");
    TlsMaterial after = material("a", "c.example");
    assertThat(after.caPem()).isEqualTo(before.caPem());
    assertThat(after.keyPem()).isNotEqualTo(before.keyPem());
    assertThat(files()).doesNotContainKey("a/.tls.crt.new").hasSize(7);
  }

  @Test
  void withoutItsCaNothingIsRenewed() throws Exception {
    assertThat(hera("certificates", "--renew", directory.toString(), "a=a.example"))
        .isEqualTo(2);
    assertThat(directory).doesNotExist();

    issue("a=a.example");
    Files.delete(directory.resolve("ca.p12"));
    assertThat(hera("certificates", directory.toString(), "b=b.example")).isEqualTo(2);
    assertThat(err.toString())
        .contains("ca.p12 does not exist: without --renew a new CA is made")
        .contains("ca.crt exists, but ca.p12 does not: the key of this CA is elsewhere");
  }

  @ParameterizedTest
  @CsvSource({
    "a,'a is not NODE=HOST[,HOST]...'",
    "..=h,.. cannot be the name of a directory",
    "a/b=h,'a/b is not a node name: 1 to 255 of A-Z a-z 0-9 . _ : -, not beginning with _'",
    "a=,'\"\" is not a host name or IP address (the port has a key of its own)'",
    "'a=h,h:1','h:1 is not a host name or IP address (the port has a key of its own)'",
    "a=*.example,*.example is not a host name or IP address (the port has a key of its own)",
  })
  void aNodeOrHostThatCannotBeIsRefused(String node, String rule) {
    assertThat(hera("certificates", directory.toString(), node)).isEqualTo(2);
    assertThat(err).hasToString("hera: " + rule + ", see hera certificates -h\n");
    assertThat(directory).doesNotExist();
  }

  @Test
  void aFailureOfKeytoolIsShown() {
    assertThat(hera("certificates", directory.toString(), "a=under_score.example"))
        .isEqualTo(1);
    assertThat(err.toString()).startsWith("hera: keytool fails: ");
  }
}
