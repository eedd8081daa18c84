package io.hera.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.torture.Conditions.Cut;
import io.hera.torture.Conditions.Life;
import io.hera.torture.Conditions.Stop;
import io.hera.torture.Event.At;
import io.hera.torture.Event.Kind;
import io.hera.torture.History.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the staleness of reads, and the file of a history. */
class StalenessTest {
  private static final At A = new At("a", 1);
  private static final Conditions NOTHING = new Conditions(List.of(), List.of(), List.of());
  private static final Event ONE = put("1", 204, 0);
  private static final Event TWO = put("2", 204, 20);
  private static final Event THREE = put("3", 204, 40);

  private static Event put(String body, int status, long called) {
    return new Event(Kind.PUT, A, "k1", status, body, called, called + 10);
  }

  private static Event get(String body, long called) {
    return new Event(Kind.GET, A, "k1", body.isEmpty() ? 404 : 200, body, called, called + 10);
  }

  private static Event delete(int status, long called) {
    return new Event(Kind.DELETE, A, "k1", status, "", called, called + 10);
  }

  private static long stale(Event read, Event... writes) {
    return new Staleness(List.of(writes), 1000).of(read, 0);
  }

  @Test
  void aReadOfTheNewestWriteIsNotStale() {
    assertThat(stale(get("3", 60), ONE, TWO, THREE)).isZero();
    assertThat(stale(get("", 60), ONE, delete(204, 20))).isZero();
  }

  @Test
  void stalenessCountsFromTheAnswerToTheFirstNewerWrite() {
    assertThat(stale(get("1", 60), ONE, TWO, THREE)).isEqualTo(30);
    assertThat(stale(get("1", 60), ONE, delete(204, 20))).isEqualTo(30);
    assertThat(stale(get("", 60), ONE, TWO)).isEqualTo(50);
    assertThat(stale(get("", 90), ONE, delete(204, 20), THREE)).isEqualTo(40);
  }

  @Test
  void onlyWritesAcknowledgedBeforeTheReadCount() {
    assertThat(stale(get("1", 25), ONE, TWO)).isZero();
    assertThat(stale(get("1", 60), ONE, put("2", 0, 20))).isZero();
    assertThat(stale(get("", 60), ONE, delete(0, 20))).isZero();
    assertThat(new Staleness(List.of(ONE, TWO, THREE), 1000).of(get("1", 60), 30))
        .isEqualTo(10);
  }

  @Test
  void anInstanceThatMayHaveExpiredIsNotMissed() {
    assertThat(stale(get("", 995), ONE)).isZero();
    assertThat(stale(get("", 980), ONE)).isEqualTo(970);
  }

  @Test
  void onlyReadsWithinTheSpansAreSummarised() {
    History history = new History(
        List.of(ONE, TWO, get("1", 60), get("2", 80), get("1", 500)),
        NOTHING,
        List.of(new Span(0, 100)));
    List<Long> found = Staleness.within(history, history.fair());
    assertThat(found).containsExactly(0L, 30L);
    assertThat(Staleness.summary(found)).contains("2 reads").endsWith("max 30 ms");
    assertThat(Staleness.summary(List.of())).isEqualTo("no reads");
  }

  @Test
  void aHistoryReadsBackFromItsFileUnchanged(@TempDir Path folder) throws IOException {
    History history = new History(
        List.of(ONE, get("1", 60), delete(0, 80)),
        new Conditions(
            List.of(new Life(A, 1, 2, 3), new Life(new At("b", 0), 4, 5, Long.MAX_VALUE)),
            List.of(new Stop(A, new Span(6, 7))),
            List.of(new Cut("a", "b", new Span(8, 9)))),
        List.of(new Span(3, 4), new Span(5, 6)));
    Path file = folder.resolve("history");
    history.write(file);
    assertThat(History.read(file)).isEqualTo(history);
    assertThat(history.around(ONE, 50)).containsExactly(ONE, get("1", 60));
  }
}
