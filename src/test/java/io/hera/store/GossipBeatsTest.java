package io.hera.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Clocks;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Key;
import io.hera.registry.Merged;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Registry;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The exchanges with peers, as a listener gets them. */
class GossipBeatsTest {
  private final Clocks clocks = new Clocks();
  private final Registry registry = new Registry(
      "a",
      Set.of("a", "b"),
      TestLimits.DEFAULT,
      clocks,
      clocks.monotonicNanos(),
      new ContentHasher(Set.of()),
      change -> {});
  private final GossipBeats beats = new GossipBeats(registry, "a", clocks.monotonicNanos());
  private final BeatListener listener = new BeatListener();

  @BeforeEach
  void start() {
    registry.recovered();
    registry.synchronised();
  }

  private void write(String id) {
    registry.put(new Key("s", id), "{}".getBytes(UTF_8), 0);
    beats.wrote(registry.last());
  }

  private static Delta of(String origin, long... versions) {
    List<Registration> entries = new ArrayList<>();
    for (long version : versions) {
      entries.add(
          new Registration(new Key("s", "i" + version), "{}".getBytes(UTF_8), version, 0, 300_000));
    }
    return new Delta(
        List.of(new OriginDelta(origin, 0, Long.MAX_VALUE, false, List.copyOf(entries))));
  }

  private void asks(String peer, long seen) {
    beats.asked(peer, new Digest(Map.of("a", seen)), new Delta(List.of()));
  }

  @Test
  void nothingIsGatheredBeforeAListenerAsks() {
    beats.exchanged("b");
    asks("b", 0);
    assertThat(beats.take(listener)).isEqualTo(new Beat(0, Map.of(), Map.of()));
  }

  @Test
  void theAnswersOfAPeerAreSummedUp() {
    beats.take(listener);
    clocks.pass(250);
    registry.purge(1);
    beats.merged("b", of("b", Clocks.EPOCH + 240, Clocks.EPOCH + 246), new Merged(2, 0, 0, 0, 0));
    beats.merged("b", of("c", Clocks.EPOCH, Clocks.EPOCH + 1), new Merged(0, 1, 0, 1, 0));
    beats.exchanged("b");
    Beat beat = beats.take(listener);
    assertThat(beat.millis()).isEqualTo(250);
    assertThat(beat.heard())
        .containsExactly(Map.entry(
            "b", new Beat.Heard(1, Map.of("b", 2, "c", 2), 2, 1, 1, new Beat.Spread(2, 4, 10))));
    assertThat(beats.take(listener).heard()).isEmpty();
  }

  @Test
  void aDigestTellsWhenAPeerHasAWrite() {
    beats.take(listener);
    write("1");
    asks("b", registry.last());
    clocks.pass(10);
    write("2");
    long second = registry.last();
    clocks.pass(20);
    write("3");
    asks("b", second);
    clocks.pass(5);
    asks("b", registry.last());
    Beat.Told told = beats.take(listener).told().get("b");
    assertThat(told.questions()).isEqualTo(3);
    assertThat(told.entries()).containsExactly(Map.entry("a", 2));
    assertThat(told.heardAfterMillis()).isEqualTo(new Beat.Spread(2, 5, 20));
    assertThat(told.behindMillis()).containsExactly(Map.entry("a", 0L));
  }

  @Test
  void aPeerThatIsBehindIsSoByTheMillisecondsBetweenTheVersions() {
    beats.take(listener);
    write("1");
    long first = registry.last();
    clocks.pass(40);
    write("2");
    asks("b", first);
    assertThat(beats.take(listener).told().get("b").behindMillis())
        .containsExactly(Map.entry("a", 40L));
  }

  @Test
  void entriesOfOtherOriginsCountAsTheyAreSent() {
    beats.take(listener);
    beats.asked("b", new Digest(Map.of("a", 1L, "c", 1L)), of("c", 7, 8, 9));
    assertThat(beats.take(listener).told().get("b").entries()).containsExactly(Map.entry("c", 3));
  }

  @Test
  void eachListenerGetsEverything() {
    BeatListener other = new BeatListener();
    beats.take(listener);
    beats.take(other);
    beats.exchanged("b");
    assertThat(beats.take(listener).heard()).containsOnlyKeys("b");
    assertThat(beats.take(other).heard()).containsOnlyKeys("b");
    assertThat(beats.take(other).heard()).isEmpty();
  }

  @Test
  void aQuestionCountsAlsoFromAPeerThatHasNothingOfThisNode() {
    beats.take(listener);
    write("1");
    beats.asked("b", new Digest(Map.of("b", 5L)), new Delta(List.of()));
    Beat.Told told = beats.take(listener).told().get("b");
    assertThat(told.questions()).isEqualTo(1);
    assertThat(told.entries()).isEmpty();
    assertThat(told.heardAfterMillis().count()).isZero();
  }

  @Test
  void aListenerThatIsHeldUpMissesNothing() {
    beats.take(listener);
    clocks.pass(9_000);
    beats.exchanged("b");
    assertThat(beats.take(listener).heard()).containsOnlyKeys("b");
  }

  @Test
  void nothingIsGatheredForAListenerThatHasNotAskedForTenSeconds() {
    beats.take(listener);
    clocks.pass(10_001);
    beats.exchanged("b");
    assertThat(beats.take(listener).heard()).isEmpty();
    beats.exchanged("b");
    assertThat(beats.take(listener).heard()).containsOnlyKeys("b");
  }
}
