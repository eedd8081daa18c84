package io.hera.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.testkit.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests how the files of TLS material are read. */
class TlsSourceTest {
  private static final TestCa CA = new TestCa();

  @TempDir
  private Path directory;

  private TlsSource source;

  @BeforeEach
  void write() throws IOException {
    CA.write(directory, CA.issue("a.example"));
    mode("tls.key", "rw-r-----");
    source = TlsSource.directory(directory.toString());
  }

  private void mode(String file, String permissions) throws IOException {
    Files.setPosixFilePermissions(
        directory.resolve(file), PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aDirectoryMayLackTheCaAndTheRevocationList() throws Exception {
    assertThat(source.read().ca().map(PemFile::text)).contains(CA.pem());
    assertThat(source.read().crl()).isEmpty();
    Files.delete(directory.resolve("ca.crt"));
    assertThat(source.read().ca()).isEmpty();
    assertThat(source).hasToString(directory.toString());
  }

  @Test
  void filesThatAreNamedHaveToExist() {
    TlsSource named = TlsSource.files(
        directory + "/tls.crt",
        directory + "/tls.key",
        Optional.of(directory + "/other.crt"),
        Optional.of(directory + "/other.crl"));

    assertThatThrownBy(named::read)
        .hasMessage(
            directory + "/other.crt does not exist; " + directory + "/other.crl does not exist");
  }

  @Test
  void equalTextsAreEqualWhateverTheTimesOfTheFiles() throws Exception {
    TlsFiles before = source.read();
    Path copy = Files.copy(directory.resolve("tls.crt"), directory.resolve("copy"));
    Files.delete(directory.resolve("tls.crt"));
    Files.createSymbolicLink(directory.resolve("tls.crt"), copy);
    assertThat(source.read()).isEqualTo(before);
    Files.writeString(copy, CA.issue("a.example").certificatePem());
    assertThat(source.read()).isNotEqualTo(before);
  }

  @Test
  void everyFileThatCannotBeReadIsNamed() throws IOException {
    Files.delete(directory.resolve("tls.crt"));
    Files.delete(directory.resolve("tls.key"));
    Files.createDirectory(directory.resolve("tls.key"));
    Files.write(directory.resolve("ca.crt"), new byte[(1 << 20) + 1]);

    assertThatThrownBy(source::read)
        .hasMessage(String.join(
            "; ",
            directory + "/tls.crt does not exist",
            directory + "/tls.key is a directory",
            directory + "/ca.crt is larger than 1 MiB"));
  }

  @Test
  void aFileThatEveryUserMayWriteIsRefused() throws IOException {
    mode("ca.crt", "rw-r--rw-");

    assertThatThrownBy(source::read)
        .hasMessage(directory + "/ca.crt may be written by every user of this machine: chmod o-w");
  }

  @Test
  void aKeyThatEveryUserMayReadIsAWarning() throws IOException {
    assertThat(source.warning()).isEmpty();
    mode("tls.key", "rw-r--r--");
    assertThat(source.warning())
        .contains(directory + "/tls.key may be read by every user of this machine: chmod o-r");
  }

  @Test
  void theTextOfAKeyIsNotShown() throws Exception {
    assertThat(source.read().toString()).doesNotContain("PRIVATE");
  }
}
