package io.hera.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.torture.Conditions.Cut;
import io.hera.torture.Conditions.Life;
import io.hera.torture.Conditions.Stop;
import io.hera.torture.Event.At;
import io.hera.torture.Event.Kind;
import io.hera.torture.History.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests when a living instance may be missing. The ttl is 2 s here; the transit takes 500 ms, and a
 * recovery 300 ms.
 */
class PresenceTest {
  private static final long FOREVER = Long.MAX_VALUE;
  private static final At A = new At("a", 0);
  private static final At B = new At("b", 0);
  private static final At C = new At("c", 0);
  private static final At NEXT_A = new At("a", 1);
  private static final At NEXT_B = new At("b", 1);

  private final List<Life> lives = new ArrayList<>();
  private final List<Stop> stops = new ArrayList<>();
  private final List<Cut> cuts = new ArrayList<>();

  @BeforeEach
  void startTwoNodes() {
    lives.add(new Life(A, 0, 0, FOREVER));
    lives.add(new Life(B, 0, 0, FOREVER));
  }

  private void kill(At at, long time) {
    lives.replaceAll(
        life -> life.at().equals(at) ? new Life(at, life.started(), life.ready(), time) : life);
  }

  private static Event put(At at, int status, long called) {
    return new Event(Kind.PUT, at, "k", status, "{}", called, called + 10);
  }

  private static Event put(At at, long called) {
    return put(at, 204, called);
  }

  private static Event empty(At at, long called) {
    return new Event(Kind.GET, at, "k", 404, "", called, called + 10);
  }

  private Presence presence() {
    return new Presence(2_000, new Holders.Bounds(500, 300), new Conditions(lives, stops, cuts));
  }

  private boolean isMissing(Event... events) {
    return !presence().violations(List.of(events)).isEmpty();
  }

  @Test
  void theProcessOfAWriteMustShowItFromTheAnswerToTheEndOfTheTtl() {
    assertThat(isMissing(put(A, 0), empty(A, 10))).isTrue();
    assertThat(isMissing(put(A, 0), empty(A, 1_989))).isTrue();
    assertThat(isMissing(put(A, 0), empty(A, 9))).isFalse();
    assertThat(isMissing(put(A, 0), empty(A, 1_990))).isFalse();
  }

  @Test
  void anotherProcessMustShowAWriteAfterTheTransit() {
    assertThat(isMissing(put(A, 0), empty(B, 510))).isTrue();
    assertThat(isMissing(put(A, 0), empty(B, 509))).isFalse();
    assertThat(isMissing(put(A, 0), empty(B, 1_990))).isFalse();
  }

  @Test
  void anEarlierWriteCountsWhileALaterOneIsOnItsWay() {
    assertThat(isMissing(put(A, 0), put(A, 400), empty(B, 600))).isTrue();
  }

  @Test
  void aWriteThatWasNotAcknowledgedNeedNotBeShown() {
    assertThat(isMissing(put(A, 0, 0), put(A, 503, 100), empty(A, 600))).isFalse();
  }

  @Test
  void readsThatShowTheInstanceAreCountedAndNoViolation() {
    Presence presence = presence();
    Event shown = new Event(Kind.GET, B, "k", 200, "{}", 600, 610);
    Event refused = new Event(Kind.GET, B, "k", 503, "", 700, 710);
    assertThat(presence.violations(List.of(put(A, 0), empty(B, 20), shown, refused)))
        .isEmpty();
    assertThat(presence.tally())
        .hasToString("1 reads had to show a living instance; 1 more were empty and are excused");
  }

  @Test
  void aCutLinkToTheWriterExcusesTheReader() {
    cuts.add(new Cut("b", "a", new Span(0, 1_000)));
    assertThat(isMissing(put(A, 0), empty(B, 600))).isFalse();
    assertThat(isMissing(put(A, 0), empty(B, 1_500))).isFalse();
    assertThat(isMissing(put(A, 0), empty(B, 1_501))).isTrue();
    assertThat(isMissing(put(A, 0), empty(A, 600))).isTrue();
  }

  @Test
  void aCutInTheOtherDirectionExcusesNothing() {
    cuts.add(new Cut("a", "b", new Span(0, 1_000)));
    assertThat(isMissing(put(A, 0), empty(B, 600))).isTrue();
  }

  @Test
  void aCutAfterTheTransitExcusesNothing() {
    cuts.add(new Cut("b", "a", new Span(511, 5_000)));
    assertThat(isMissing(put(A, 0), empty(B, 600))).isTrue();
  }

  @Test
  void aRelayPassesTheWriteOnInTwoTransits() {
    lives.add(new Life(C, 0, 0, FOREVER));
    cuts.add(new Cut("b", "a", new Span(0, 5_000)));
    assertThat(isMissing(put(A, 0), empty(B, 1_009))).isFalse();
    assertThat(isMissing(put(A, 0), empty(B, 1_010))).isTrue();
  }

  @Test
  void aChainOfRelaysIsFollowedInAnyOrder() {
    lives.add(new Life(C, 0, 0, FOREVER));
    cuts.add(new Cut("b", "c", new Span(0, 5_000)));
    assertThat(isMissing(put(C, 0), empty(B, 1_009))).isFalse();
    assertThat(isMissing(put(C, 0), empty(B, 1_010))).isTrue();
  }

  @Test
  void aWriteOfAProcessThatWasKilledBeforeTheTransitMayBeLost() {
    kill(A, 509);
    assertThat(isMissing(put(A, 0), empty(B, 700))).isFalse();
  }

  @Test
  void aWriteOfAProcessThatWasKilledAfterTheTransitMustBeShown() {
    kill(A, 510);
    assertThat(isMissing(put(A, 0), empty(B, 700))).isTrue();
  }

  @Test
  void aRestartedReaderMustShowWhatAReadyPeerHeld() {
    kill(B, 100);
    lives.add(new Life(NEXT_B, 200, 300, FOREVER));
    assertThat(isMissing(put(A, 0), empty(NEXT_B, 210))).isTrue();
    assertThat(isMissing(put(A, 0), empty(NEXT_B, 310))).isTrue();
    assertThat(isMissing(put(A, 191), empty(NEXT_B, 310))).isFalse();
  }

  @Test
  void aRestartedReaderThatWasKilledBeforeTheDriverSawItReadyMustShowItToo() {
    kill(B, 100);
    lives.add(new Life(NEXT_B, 200, FOREVER, 400));
    assertThat(isMissing(put(A, 0), empty(NEXT_B, 310))).isTrue();
  }

  @Test
  void aRestartedReaderIsExcusedIfThePeerWasCutOffMeanwhile() {
    kill(B, 100);
    lives.add(new Life(NEXT_B, 200, 300, FOREVER));
    cuts.add(new Cut("b", "a", new Span(250, 260)));
    assertThat(isMissing(put(A, 0), empty(NEXT_B, 310))).isFalse();
    assertThat(isMissing(put(A, 0), empty(NEXT_B, 801))).isTrue();
  }

  @Test
  void aReaderThatStartedBeforeItsNetworkMustShowItIfItReachedThePeerInTime() {
    kill(B, 100);
    lives.add(new Life(NEXT_B, 200, 1_000, FOREVER));
    cuts.add(new Cut("b", "a", new Span(150, 699)));
    assertThat(isMissing(put(A, 0), empty(NEXT_B, 1_010))).isTrue();
    assertThat(isMissing(put(A, 691), empty(NEXT_B, 1_010))).isFalse();
    cuts.set(0, new Cut("b", "a", new Span(150, 700)));
    assertThat(isMissing(put(A, 0), empty(NEXT_B, 1_010))).isFalse();
  }

  @Test
  void aRestartedReaderIsExcusedIfThePeerWasStartingOrEndedMeanwhile() {
    kill(B, 600);
    kill(A, 650);
    lives.add(new Life(NEXT_B, 620, 800, FOREVER));
    lives.add(new Life(NEXT_A, 660, 800, FOREVER));
    assertThat(isMissing(put(A, 0), empty(NEXT_B, 900), empty(NEXT_A, 900))).isFalse();
  }

  @Test
  void aRestartedReaderIsExcusedIfItsOnlyPeerIsStartingToo() {
    lives.add(new Life(C, 0, 0, FOREVER));
    kill(A, 550);
    kill(B, 550);
    lives.add(new Life(NEXT_A, 600, 800, FOREVER));
    lives.add(new Life(NEXT_B, 620, 850, FOREVER));
    cuts.add(new Cut("b", "c", new Span(0, 5_000)));
    assertThat(isMissing(put(C, 0), empty(NEXT_A, 900))).isTrue();
    assertThat(isMissing(put(C, 0), empty(NEXT_B, 900))).isFalse();
  }

  @Test
  void aRestartedWriterMustShowWhatAnotherOneHolds() {
    kill(A, 600);
    lives.add(new Life(NEXT_A, 600, 700, FOREVER));
    assertThat(isMissing(put(A, 0), empty(NEXT_A, 710))).isTrue();
    assertThat(isMissing(put(A, 100), empty(NEXT_A, 710))).isFalse();
  }

  @Test
  void whenTwoRestartAndThenTheThirdNothingIsLost() {
    lives.add(new Life(C, 0, 0, 900));
    kill(A, 600);
    kill(B, 600);
    lives.add(new Life(NEXT_A, 600, 800, FOREVER));
    lives.add(new Life(NEXT_B, 600, 850, FOREVER));
    At nextC = new At("c", 1);
    lives.add(new Life(nextC, 900, 1_000, FOREVER));
    for (At at : List.of(NEXT_A, NEXT_B, nextC)) {
      assertThat(isMissing(put(A, 0), empty(at, 1_100))).isTrue();
    }
  }

  @Test
  void whenAllRestartAtOnceEverythingMayBeLost() {
    kill(A, 600);
    kill(B, 610);
    lives.add(new Life(NEXT_A, 620, 800, FOREVER));
    lives.add(new Life(NEXT_B, 630, 800, FOREVER));
    assertThat(isMissing(put(A, 0), empty(NEXT_A, 900), empty(NEXT_B, 900))).isFalse();
    assertThat(isMissing(put(NEXT_A, 810), empty(NEXT_B, 1_320))).isTrue();
  }

  @Test
  void aStopOfEitherProcessDelaysTheTransit() {
    stops.add(new Stop(A, new Span(100, 400)));
    assertThat(isMissing(put(A, 0), empty(B, 900))).isFalse();
    assertThat(isMissing(put(A, 0), empty(B, 901))).isTrue();
    stops.set(0, new Stop(B, new Span(100, 400)));
    assertThat(isMissing(put(A, 0), empty(B, 900))).isFalse();
    assertThat(isMissing(put(A, 0), empty(B, 901))).isTrue();
  }

  /** Renews at a process every second, from 0 on. */
  private static List<Event> renewals(At at, int count) {
    List<Event> puts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      puts.add(put(at, i * 1_000L));
    }
    return puts;
  }

  private boolean isMissingAfterAPause(List<Event> puts, long read) {
    stops.add(new Stop(B, new Span(600, 5_000)));
    List<Event> events = new ArrayList<>(puts);
    events.add(empty(B, read));
    return isMissing(events.toArray(Event[]::new));
  }

  @Test
  void afterAPauseTheReaderMustShowWhatItHeldAndIsStillRenewed() {
    assertThat(isMissingAfterAPause(renewals(A, 6), 5_001)).isTrue();
  }

  @Test
  void aReadThatWaitedThroughThePauseMustShowIt() {
    stops.add(new Stop(B, new Span(600, 5_000)));
    List<Event> events = new ArrayList<>(renewals(A, 6));
    events.add(new Event(Kind.GET, B, "k", 404, "", 590, 5_005));
    assertThat(isMissing(events.toArray(Event[]::new))).isFalse();
    events.set(6, new Event(Kind.GET, B, "k", 404, "", 4_990, 5_005));
    assertThat(isMissing(events.toArray(Event[]::new))).isTrue();
  }

  @Test
  void afterAPauseTheReaderMayDropWhatWasNotRenewedInTime() {
    List<Event> withGap = List.of(put(A, 0), put(A, 1_000), put(A, 4_500));
    assertThat(isMissingAfterAPause(withGap, 5_001)).isFalse();
  }

  @Test
  void afterAPauseTheReaderMayDropWhatIsRenewedElsewhere() {
    lives.add(new Life(C, 0, 0, FOREVER));
    List<Event> moved = new ArrayList<>(renewals(C, 6).subList(1, 6));
    moved.add(0, put(A, 0));
    assertThat(isMissingAfterAPause(moved, 5_001)).isFalse();
  }

  @Test
  void afterAPauseTheReaderMayLackWhatHadExpiredBefore() {
    cuts.add(new Cut("b", "a", new Span(900, 2_500)));
    stops.add(new Stop(B, new Span(2_600, 5_000)));
    List<Event> events = new ArrayList<>(renewals(A, 6));
    events.add(empty(B, 5_001));
    assertThat(isMissing(events.toArray(Event[]::new))).isFalse();
  }

  @Test
  void longAfterAPauseItExcusesAndDemandsNothing() {
    stops.add(new Stop(B, new Span(600, 1_500)));
    cuts.add(new Cut("b", "a", new Span(1_400, 9_000)));
    List<Event> events = new ArrayList<>(renewals(A, 6));
    events.add(empty(B, 5_001));
    assertThat(isMissing(events.toArray(Event[]::new))).isFalse();
    events.set(6, empty(B, 2_000));
    assertThat(isMissing(events.toArray(Event[]::new))).isTrue();
  }

  @Test
  void beforeAPauseItDemandsNothing() {
    stops.add(new Stop(B, new Span(600, 5_000)));
    assertThat(isMissing(put(A, 0), empty(B, 300))).isFalse();
    assertThat(isMissing(put(A, 0), new Event(Kind.GET, B, "k", 404, "", 300, 650)))
        .isFalse();
  }

  @Test
  void afterAPauseTheReaderMustShowItsOwnInstancesForLonger() {
    List<Event> own = List.of(put(B, 0));
    assertThat(isMissingAfterAPause(own, 4_889)).isTrue();
    assertThat(isMissingAfterAPause(own, 4_890)).isFalse();
  }

  @Test
  void afterAPauseTheReaderMayLackWhatItDidNotHoldBefore() {
    cuts.add(new Cut("b", "a", new Span(0, 600)));
    assertThat(isMissingAfterAPause(renewals(A, 6), 5_001)).isFalse();
  }
}
