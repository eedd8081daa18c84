package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.testkit.Handshakes;
import io.hera.testkit.TestLimits;
import io.hera.wire.Handshake;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P7: which askers go back to 0 when own entries have come back late. */
class P07ResetsTest {
  private static final Handshake B = Handshakes.of("b", "one");
  private static final byte[] DOCUMENT = {'{', '}'};

  private final PeerTurnsBed a = new PeerTurnsBed();

  /** The node writes, and then a peer returns an older entry of its former life. */
  private void takeBackLate() {
    a.registry.put(new Key("s", "new"), DOCUMENT, 0);
    long version = a.wallMillis() - 1_000;
    Registration former = new Registration(new Key("s", "old"), DOCUMENT, version, 1_000, 300_000);
    OriginDelta part = new OriginDelta("a", 0, version, false, List.of(former));
    a.registry.merge(new Delta(List.of(part)), Set.of("a"), Set.of("a"));
  }

  private boolean goesBack(Handshake says) {
    DeltaReply reply = a.asked(says, Map.of("a", a.registry.last()));
    List<OriginDelta> parts = ((DeltaResponse) reply).delta().origins();
    return parts.stream().anyMatch(OriginDelta::reset);
  }

  @Test
  void anAnswerWithOwnEntriesFromTheFutureSaysSo() {
    long version = a.wallMillis() + TestLimits.DEFAULT.maxSkewMillis() + 1;
    Registration former = new Registration(new Key("s", "old"), DOCUMENT, version, 1_000, 300_000);
    OriginDelta part = new OriginDelta("a", 0, version, false, List.of(former));
    Receipt receipt = a.receive(
        Handshakes.introduction("b", B, PeerTurnsBed.AT_B, PeerTurnsBed.MEMBERS),
        Digest.of("a", 0),
        new Delta(List.of(part)));
    assertThat(receipt)
        .isInstanceOfSatisfying(
            Receipt.Taken.class, taken -> assertThat(taken.future()).isOne());
  }

  @Test
  void aMemberWhoseLifeWasFetchedGoesBack() {
    a.answered(B);
    takeBackLate();
    assertThat(goesBack(B)).isTrue();
  }

  @Test
  void aSenderThatUsesTheNameOfAMemberDoesNotGoBackInItsPlace() {
    a.answered(B);
    takeBackLate();
    assertThat(goesBack(Handshakes.of("b", "forged"))).isFalse();
    assertThat(goesBack(Handshakes.of("stranger", "one"))).isFalse();
    assertThat(goesBack(B)).isTrue();
  }
}
