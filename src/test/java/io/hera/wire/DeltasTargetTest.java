package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hera.json.Malformed;
import io.hera.registry.Digest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeltasTargetTest {
  private static final DeltasTarget PLAIN =
      DeltasTarget.of(new Digest(Map.of("sr-lon-1", 1355833258675L, "sr-ash-1", 0L)));

  @Test
  void aTargetHasTheFormThatTheProtocolShows() {
    String plain = "/_deltas?sr-ash-1=0&sr-lon-1=1355833258675";
    assertThat(PLAIN.encode()).isEqualTo(plain);
    assertThat(PLAIN.waiting(20_000).encode()).isEqualTo(plain + "&_wait=20000");
    assertThat(PLAIN.checked().waiting(5).encode()).isEqualTo(plain + "&_wait=5&_checksums=1");
  }

  @Test
  void aTargetReadsBackUnchanged() throws Malformed {
    for (DeltasTarget target : new DeltasTarget[] {
      PLAIN, PLAIN.waiting(1), PLAIN.checked(), PLAIN.checked().waiting(20_000)
    }) {
      String query = target.encode().substring("/_deltas?".length());
      assertThat(DeltasTarget.decode(query)).isEqualTo(target);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0", "-1,0", "+5,5", "20000,20000", "20001,20000", "9223372036854775807,20000"})
  void aWaitIsCutToItsBounds(String wait, long millis) throws Malformed {
    assertThat(DeltasTarget.decode("a=1&_wait=" + wait))
        .isEqualTo(DeltasTarget.of(Digest.of("a", 1)).waiting(millis));
  }

  @Test
  void checksumsAreRequestedByTheValueOneOnly() throws Malformed {
    for (String other : new String[] {"_checksums", "_checksums=", "_checksums=0", "_x=1"}) {
      assertThat(DeltasTarget.decode("a=1&" + other).checksums()).as(other).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a=x", "_wait", "_wait=1e3", "_wait=1&_wait=1", "_checksums=1&_checksums=1"})
  void aQueryThatBreaksARuleIsRefused(String query) {
    assertThat(catchThrowableOfType(Malformed.class, () -> DeltasTarget.decode(query)))
        .isNotNull();
  }
}
