package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule P14 in sequences of events that the simulation has found. */
class P14SimulatedTest extends RestartedNodes {
  private static final long YEAR_MILLIS = 365L * 86_400_000;

  @Test
  void aTombstoneOfAnotherNodeHidesWhatItHidWhenTheClockIsBehind() {
    c.put("s/1", "{}");
    b.pull(c);
    b.delete("s/1");
    a.pull(c);
    a.pull(b);
    List<OriginDelta> saved = a.save();
    a.clocks.step(-YEAR_MILLIS);
    restart(a, saved);
    a.advance(10_000);
    assertThat(a.get("s/1")).isNull();
  }

  @Test
  void aWriteIsAboveWhatARestoredEntryHidesAlthoughTheClockIsBehind() {
    c.put("s/1", "{}");
    a.pull(c);
    a.put("s/1", "{\"n\":1}");
    List<OriginDelta> saved = a.save();
    a.clocks.step(-YEAR_MILLIS);
    restart(a, saved);
    assertThat(a.put("s/1", "{\"n\":2}")).isEqualTo(Outcome.DONE);
    assertThat(a.get("s/1")).isEqualTo("{\"n\":2}");
  }

  @Test
  void aRestoredEntryOfAPeerIsNotShownAfterALaterOneHasExpired() {
    b.put("s/1", "{}");
    List<OriginDelta> saved = b.save();
    advanceAll(10_000);
    a.put("s/1", "{\"n\":1}");
    advanceAll(LIVENESS / 2);
    restart(b, saved);
    c.pull(a);
    c.pull(b);
    assertThat(c.get("s/1")).isEqualTo("{\"n\":1}");
    advanceAll(LIVENESS / 2 + 1_000);
    assertThat(c.get("s/1")).isNull();
  }

  @Test
  void aPeerThatStartedWithAClockThatIsBehindContradictsNothing() {
    advanceAll(10_000);
    b.put("s/1", "{}");
    a.pull(b);
    c.pull(b);
    List<OriginDelta> saved = a.save();
    b.clocks.step(-YEAR_MILLIS);
    b.wipe();
    begin(b);
    b.registry().heard("c", c.clocks.millis());
    c.pull(b);
    restart(a, saved);
    a.pull(b);
    a.purge();
    assertThat(a.get("s/1")).isEqualTo("{}");
  }

  @Test
  void anEntryThatHasEndedShowsNothingThatItHidAtTheSave() {
    c.put("s/1", "{}");
    advanceAll(10);
    b.put("s/1", "{\"n\":1}");
    a.pull(c);
    a.pull(b);
    List<OriginDelta> saved = a.save();
    advanceAll(LIVENESS + 1_000);
    restart(a, saved);
    assertThat(a.get("s/1")).isEqualTo("{\"n\":1}");
    a.pull(b);
    a.purge();
    assertThat(a.get("s/1")).isNull();
  }

  @Test
  void aWriteAboveARestoredEntryDoesNotKeepTheClockAhead() {
    c.put("s/1", "{}");
    a.pull(c);
    List<OriginDelta> saved = a.save();
    a.clocks.step(-YEAR_MILLIS);
    restart(a, saved);
    a.put("s/1", "{\"n\":1}");
    a.put("s/2", "{}");
    a.advance(1_000);
    assertThat(a.registry().last()).isLessThan(a.clocks.millis() + SKEW);
    assertThat(a.version("a", "s/2")).isLessThan(a.clocks.millis() + SKEW);
    assertThat(a.get("s/1")).isEqualTo("{\"n\":1}");
  }
}
