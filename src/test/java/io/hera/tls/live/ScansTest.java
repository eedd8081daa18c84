package io.hera.tls.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.tls.PemFile;
import io.hera.tls.TlsFault;
import io.hera.tls.TlsFiles;
import io.hera.tls.live.Scans.Reading;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests when changed files count. */
class ScansTest {
  private static final TlsFiles FIRST = files("c1", "k1");

  private final Scans scans = new Scans(FIRST);

  private static TlsFiles files(String certificate, String key) {
    return new TlsFiles(
        new PemFile("tls.crt", certificate),
        new PemFile("tls.key", key),
        Optional.empty(),
        Optional.empty());
  }

  private boolean settles(TlsFiles files) {
    return scans.scanned(new Reading(Optional.of(files), List.of())).isPresent();
  }

  private boolean settles(String fault) {
    return scans
        .scanned(new Reading(Optional.empty(), List.of(new TlsFault("tls.crt", fault))))
        .isPresent();
  }

  @Test
  void aChangeCountsWithItsSecondScanAndThenNoMore() {
    assertThat(settles(FIRST)).isFalse();
    assertThat(settles(files("c2", "k2"))).isFalse();
    assertThat(settles(files("c2", "k2"))).isTrue();
    assertThat(settles(files("c2", "k2"))).isFalse();
  }

  @Test
  void filesThatStillChangeDoNotCount() {
    assertThat(settles(files("c1", "k2"))).isFalse();
    assertThat(settles(files("c2", "k2"))).isFalse();
    assertThat(settles(FIRST)).isFalse();
    assertThat(settles(files("c2", "k2"))).isFalse();
  }

  @Test
  void aFaultCountsOnceTooAndGoodFilesAfterIt() {
    assertThat(settles("does not exist")).isFalse();
    assertThat(settles("does not exist")).isTrue();
    assertThat(settles("does not exist")).isFalse();
    assertThat(settles(FIRST)).isFalse();
    assertThat(settles(FIRST)).isTrue();
  }
}
