package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Delta;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.testkit.Handshakes;
import io.hera.testkit.TestLimits;
import io.hera.wire.Handshake;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P6: whose ttls and ages count while a node of 2012 is a member. */
class P06SecondHandAnswersTest {
  private static final Handshake B = Handshakes.of("b", "one");
  private static final byte[] DOCUMENT = {'{', '}'};

  private final PeerTurnsBed a = new PeerTurnsBed();
  private final long version = a.wallMillis() - 1_000;

  private Delta entryOf(String origin) {
    Registration entry = new Registration(new Key("s", origin), DOCUMENT, version, 1_000, 30_000);
    return new Delta(List.of(new OriginDelta(origin, 0, version, false, List.of(entry))));
  }

  private void answeredByB(Delta delta) {
    a.answered(Handshakes.introduction("b", B, PeerTurnsBed.AT_B, PeerTurnsBed.MEMBERS), delta);
  }

  private long asks(String peer) {
    return a.turns.nextDigest(peer).horizons().get(peer);
  }

  @Test
  void theOriginOfWhatANodeOf2012PassesOnIsAskedItself() {
    a.answeredAsIn2012(entryOf("c"));
    assertThat(asks("c")).isZero();
  }

  @Test
  void aNodeOf2012IsAskedForItsOwnEntriesOnce() {
    a.answeredAsIn2012(entryOf("b"));
    assertThat(asks("b")).isEqualTo(version);
  }

  @Test
  void amongNodesOfThisVersionEachTellsOfAll() {
    answeredByB(entryOf("c"));
    assertThat(asks("c")).isEqualTo(version);
  }

  @Test
  void aNodeOf2012ThatWasReplacedCountsNoMore() {
    a.answeredAsIn2012(new Delta(List.of()));
    answeredByB(entryOf("c"));
    assertThat(asks("c")).isEqualTo(version);
  }

  @Test
  void aNodeOf2012ThatHasLeftCountsNoMore() {
    a.answeredAsIn2012(new Delta(List.of()));
    a.turns.configure(new StoreSettings(Set.of("a", "c"), TestLimits.DEFAULT));
    a.turns.configure(new StoreSettings(PeerTurnsBed.MEMBERS, TestLimits.DEFAULT));
    answeredByB(entryOf("c"));
    assertThat(asks("c")).isEqualTo(version);
  }
}
