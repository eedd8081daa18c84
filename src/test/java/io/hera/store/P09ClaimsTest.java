package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.store.PeerIdentities.Introduction;
import io.hera.store.PeerIdentities.Introduction.Exchange;
import io.hera.testkit.Handshakes;
import io.hera.wire.Handshake;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P9: what a request that claims a member's name can cause, before and after its life is fetched. */
class P09ClaimsTest {
  private static final Handshake B = Handshakes.of("b", "one");
  private static final Handshake FORGED = Handshakes.of("b", "forged");
  private static final Delta NOTHING = new Delta(List.of());

  private final PeerTurnsBed a = new PeerTurnsBed();

  private List<OriginDelta> parts(Handshake says, long seen) {
    DeltaReply reply = a.asked(says, Map.of("a", seen));
    return ((DeltaResponse) reply).delta().origins();
  }

  private long future() {
    return a.wallMillis() + 20_000;
  }

  @Test
  void aClaimGetsNoResetAndItsHorizonsAreNotNoted() {
    assertThat(parts(FORGED, future())).noneMatch(OriginDelta::reset);
    assertThat(a.turns.lags(a.registry.stats())).isEmpty();
  }

  /** A node that has just started is not known yet, and needs all that is left of it (P7). */
  @Test
  void aClaimGetsTheEntriesOfItsNameAboveTheHorizonToo() {
    Entry entry = new Registration(
        new Key("s", "1"),
        "{}".getBytes(StandardCharsets.UTF_8),
        a.wallMillis(),
        0,
        300_000,
        false);
    Delta reset = new Delta(List.of(new OriginDelta("b", 0, 1, true, List.of(entry))));
    a.answered(answer(B, Exchange.PULL), reset);
    DeltaResponse own = (DeltaResponse) a.asked(Handshakes.of("b", "two"), Map.of("b", 0L));
    DeltaResponse other = (DeltaResponse) a.asked(Handshakes.of("c", "one"), Map.of("b", 0L));
    assertThat(own.delta().size()).isOne();
    assertThat(other.delta().size()).isZero();
  }

  @Test
  void theLifeThatWasFetchedGetsItsReset() {
    a.answered(B);
    assertThat(parts(B, future())).hasSize(1).allMatch(OriginDelta::reset);
    assertThat(a.turns.lags(a.registry.stats())).containsKey("b");
    assertThat(a.met)
        .as("it owes what it has seen (P8)")
        .containsExactly(new PeerMet("b", PeerMet.Life.KNOWN, OptionalLong.of(0)));
  }

  @Test
  void aClaimMakesTheAddressBeAskedAndNothingElse() {
    a.answered(B);
    for (int i = 0; i < 100; i++) {
      a.asked(Handshakes.of("b", "forged" + i), Map.of("a", future()));
    }
    assertThat(a.met).containsExactly(new PeerMet("b", PeerMet.Life.NEW));
    assertThat(a.answered(B)).isInstanceOf(Receipt.Taken.class);
    assertThat(a.turns.conflicts()).isEmpty();
  }

  @Test
  void aClaimThatIsRefutedIsRefusedAndReportedOnce() {
    a.answered(B);
    a.asked(FORGED, Map.of("a", 0L));
    a.timer.advance(10);
    a.answered(B);
    assertThat(a.asked(FORGED, Map.of("a", 0L))).isInstanceOf(DeltaReply.Refused.class);
    assertThat(a.asked(FORGED, Map.of("a", 0L))).isInstanceOf(DeltaReply.Refused.class);
    assertThat(a.conflicts).hasSize(1);
    assertThat(a.turns.conflicts()).containsOnlyKeys("b");
    assertThat(a.answered(B)).isInstanceOf(Receipt.Taken.class);
  }

  @Test
  void anAnswerOfBeforeARestartIsDroppedAndNotReported() {
    a.answered(B);
    a.timer.advance(10);
    Digest asked = a.turns.digest("b");
    a.receive(answer(B, Exchange.HANGING_PULL), asked, NOTHING);
    a.timer.advance(10);
    Handshake next = Handshakes.of("b", "two");
    assertThat(a.receive(answer(next, Exchange.HANGING_PULL), asked, NOTHING))
        .isInstanceOf(Receipt.Taken.class);
    assertThat(a.receive(answer(B, Exchange.PULL), asked, NOTHING))
        .isInstanceOf(Receipt.Refused.class);
    assertThat(a.conflicts).isEmpty();
    assertThat(a.turns.conflicts()).isEmpty();
  }

  private static Introduction answer(Handshake says, Exchange exchange) {
    return new Introduction("b", says, PeerTurnsBed.AT_B, exchange, "", Set.of());
  }

  @Test
  void aRequestOfANonMemberIsAnsweredAsItIs() {
    assertThat(parts(Handshakes.of("stranger", "one"), 0)).isEmpty();
    assertThat(a.met).isEmpty();
  }
}
