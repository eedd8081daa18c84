package io.hera.http.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.http.watch.JoinedEvents.Joined;
import io.hera.registry.Change;
import io.hera.registry.ContentVersion;
import io.hera.registry.EntryTimes;
import io.hera.registry.Key;
import io.hera.store.ChangeLog;
import io.hera.store.LoggedChanges;
import io.hera.store.Slices;
import io.hera.store.page.Filter;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests the texts that streams at the same place share. */
class JoinedEventsTest {
  private static final Selection SERVICE = new Selection.OfService(Subject.of("s"), Filter.ALL);
  private static final Selection AMS =
      new Selection.OfService(Subject.of("s"), new Filter(List.of(Map.entry("zone", "ams"))));

  private final ChangeLog log = new ChangeLog();
  private final LoggedChanges changes = new LoggedChanges(log);
  private final JoinedEvents events = new JoinedEvents(log, "life");

  private static EventStream<String> stream(Selection selection, long last) {
    EventStream<String> stream = new EventStream<>("client", selection);
    stream.resume(last);
    return stream;
  }

  private void register(String service, int instances, String document) {
    changes.add(IntStream.range(0, instances)
        .mapToObj(i -> new Change(
            new Key(service, "i" + i),
            null,
            document.getBytes(UTF_8),
            Change.Kind.REGISTERED,
            "a",
            new Change.Contents(null, ContentVersion.NONE),
            new EntryTimes(1, 1, 0)))
        .toList());
  }

  private Joined after(EventStream<?> stream) {
    return events.after(stream).orElseThrow().joined();
  }

  private static long count(Joined joined) {
    return joined
        .text()
        .toString()
        .lines()
        .filter(line -> line.equals("event: put"))
        .count();
  }

  @Test
  void theEventsOfABatchAreOneTextForAllStreamsAtTheSamePlace() {
    register("s", 300, "{}");
    Joined first = after(stream(SERVICE, 0));
    assertThat(count(first)).isEqualTo(300);
    assertThat(first.last()).isEqualTo(300);
    assertThat(after(stream(new Selection.OfService(Subject.of("s"), Filter.ALL), 0)))
        .isSameAs(first);
    assertThat(count(after(stream(SERVICE, 100)))).isEqualTo(200);
  }

  /** So a filter is evaluated once per change, however many streams have it. */
  @Test
  void streamsWithTheSameFilterShareTheTextAndOthersHaveTheirOwn() {
    register("s", 10, "{\"zone\":\"lon\"}");
    Joined none = after(stream(AMS, 0));
    assertThat(none.text().length()).isZero();
    assertThat(none.last()).isEqualTo(10);
    Filter equal = new Filter(List.of(Map.entry("zone", "ams")));
    assertThat(after(stream(new Selection.OfService(Subject.of("s"), equal), 0)))
        .isSameAs(none);
    assertThat(count(after(stream(SERVICE, 0)))).isEqualTo(10);
  }

  @Test
  void aTextIsBoundedAndTheNextOneContinuesIt() {
    register("s", 600, "{\"x\":\"" + "x".repeat(500) + "\"}");
    EventStream<String> stream = stream(SERVICE, 0);
    int seen = 0;
    while (stream.next() <= log.last()) {
      Joined joined = after(stream);
      assertThat(joined.text().length()).isBetween(1, 66_000);
      seen += (int) count(joined);
      stream.passed(joined.last());
    }
    assertThat(seen).isEqualTo(600);
  }

  /** A filter that leaves everything out reads a lot and writes nothing. */
  @Test
  void theWorkToMakeATextIsBoundedToo() {
    register("s", 600, "{\"x\":\"" + "x".repeat(20_000) + "\"}");
    EventStream<String> stream = stream(AMS, 300);
    JoinedEvents.Made made = events.after(stream).orElseThrow();
    assertThat(made.work()).isBetween(1L << 20, 2L << 20);
    assertThat(made.joined().last()).isBetween(301L, 400L);
  }

  @Test
  void onlyTheChangesOfTheSubjectAreLookedAt() {
    register("other", 5_000, "{}");
    register("s", 1, "{}");
    Joined joined = after(stream(SERVICE, 0));
    assertThat(count(joined)).isEqualTo(1);
    assertThat(joined.last()).isEqualTo(5_001);
    assertThat(events.after(stream(SERVICE, 0)).orElseThrow().work()).isEqualTo(Slices.LOOK);
  }

  @Test
  void changesThatTheLogHasDroppedHaveNoText() {
    register("s", 2, "{}");
    assertThat(events.after(stream(SERVICE, 2))).isEmpty();
    for (int i = 0; i < 20; i++) {
      register("s", 1_000, "{}");
    }
    assertThat(events.after(stream(AMS, 0))).isEmpty();
  }
}
