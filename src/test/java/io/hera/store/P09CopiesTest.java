package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.wire.Handshake;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rule P9: a process that was copied with its machine does not go on under the same life. */
class P09CopiesTest {
  private final PeerTurnsBed a = new PeerTurnsBed();

  @Test
  void aMachineThatIsResumedGetsAnotherLifeOnce() {
    Handshake before = a.self.handshake();
    a.pass(5_000);
    a.step(60_000);
    a.pass(10_000);

    assertThat(a.redrawn).isEqualTo(1);
    assertThat(a.self.handshake().life()).isNotEqualTo(before.life());
    assertThat(a.self.handshake().sinceMillis()).isGreaterThan(before.sinceMillis());
    assertThat(a.self.handshake().cfg()).isEqualTo(before.cfg());
  }

  @Test
  void aSmallStepOfTheClockKeepsTheLife() {
    Handshake before = a.self.handshake();
    a.pass(5_000);
    a.step(9_000);
    a.pass(10_000);

    assertThat(a.redrawn).isZero();
    assertThat(a.self.handshake()).isEqualTo(before);
  }

  @Test
  void theNodeStaysReadyAndTakesWrites() {
    a.pass(5_000);
    a.step(60_000);
    a.pass(10_000);

    assertThat(a.registry.put(new Key("s", "1"), new byte[] {'{', '}'}, 0)).isEqualTo(Outcome.DONE);
  }

  @Test
  void aRequestUnderTheNameOfThisNodeIsRefusedInBothLives() {
    Handshake former = a.self.handshake();
    a.pass(5_000);
    a.step(60_000);
    a.pass(10_000);

    assertThat(a.asked(former, Map.of())).isInstanceOf(DeltaReply.Refused.class);
    assertThat(a.asked(a.self.handshake(), Map.of())).isInstanceOf(DeltaReply.Refused.class);
  }
}
