package io.hera.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.torture.Event.At;
import io.hera.torture.Event.Kind;
import io.hera.torture.History.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests which histories the checker accepts. */
class CheckerTest {
  private static final At A = new At("a", 1);
  private static final At B = new At("b", 1);

  private static Event put(At at, String body, int status, long called) {
    return new Event(Kind.PUT, at, "k", status, body, called, called + 10);
  }

  private static Event get(At at, String body, long called) {
    return new Event(Kind.GET, at, "k", body.isEmpty() ? 404 : 200, body, called, called + 10);
  }

  private static Event delete(At at, int status, long called) {
    return new Event(Kind.DELETE, at, "k", status, "", called, called + 10);
  }

  private static List<String> judged(Event... events) {
    return new Checker(1000, 500, 5, List.of(new Span(50_000, 60_000)))
        .violations(List.of(events)).stream()
            .map(Checker.Violation::description)
            .toList();
  }

  @Test
  void aReadOfABodyThatWasNotPutIsAViolation() {
    assertThat(judged(get(A, "x", 5))).singleElement().asString().startsWith("S6");
    assertThat(judged(put(A, "x", 204, 50), get(A, "x", 5)))
        .singleElement()
        .asString()
        .startsWith("S6");
  }

  @Test
  void anInstanceGoneAtItsOriginBeforeItsTtlIsAViolation() {
    assertThat(judged(put(A, "1", 204, 0), get(A, "", 900)))
        .singleElement()
        .asString()
        .startsWith("S5 gone");
    assertThat(judged(put(A, "1", 204, 0), get(A, "", 1000))).isEmpty();
    assertThat(judged(put(A, "1", 204, 0), get(B, "", 900))).isEmpty();
    assertThat(judged(put(A, "1", 204, 0), get(new At("a", 2), "", 900))).isEmpty();
  }

  @Test
  void aDeregistrationExcusesAnEmptyReadUnlessItEndedBeforeTheWrite() {
    assertThat(judged(put(A, "1", 204, 0), delete(B, 0, 50), get(A, "", 100))).isEmpty();
    assertThat(judged(delete(B, 204, 0), put(A, "1", 204, 50), get(A, "", 100))).hasSize(1);
    assertThat(judged(delete(B, 0, 0), put(A, "1", 204, 50), get(A, "", 100))).isEmpty();
  }

  @Test
  void anInstanceThatOutlivesItsTtlIsAViolationUnlessAPauseExplainsIt() {
    assertThat(judged(put(A, "1", 204, 0), get(B, "1", 2600)))
        .singleElement()
        .asString()
        .startsWith("S5 outlived");
    assertThat(judged(put(A, "1", 204, 0), get(B, "1", 2400))).isEmpty();
    assertThat(judged(put(A, "1", 204, 49_000), get(B, "1", 61_000))).isEmpty();
  }

  @Test
  void anOlderReadAfterANewerOneInOneLifeIsAViolation() {
    assertThat(judged(put(A, "1", 204, 0), put(A, "2", 204, 20), get(B, "2", 50), get(B, "1", 70)))
        .singleElement()
        .asString()
        .startsWith("S4");
    assertThat(judged(put(A, "1", 0, 0), put(A, "2", 204, 20), get(B, "2", 50), get(B, "1", 70)))
        .isEmpty();
    assertThat(judged(
            put(A, "1", 204, 0),
            put(A, "2", 204, 20),
            get(B, "2", 50),
            get(new At("b", 2), "1", 70)))
        .isEmpty();
  }

  @Test
  void aNodeThatDoesNotShowItsAcknowledgedWriteIsAViolation() {
    assertThat(judged(put(B, "1", 204, 0), put(A, "2", 204, 20), get(A, "1", 50)))
        .hasSize(1);
    assertThat(judged(put(A, "1", 204, 0), delete(A, 204, 20), get(A, "1", 50))).hasSize(1);
    assertThat(judged(put(A, "1", 204, 0), delete(A, 0, 20), get(A, "1", 50))).isEmpty();
  }

  @Test
  void ofTwoWritesWithinTheClockErrorEitherMayWinUnlessTheyAreOfOneNode() {
    assertThat(judged(delete(B, 204, 0), put(A, "1", 204, 15), get(A, "", 50))).isEmpty();
    assertThat(judged(delete(B, 204, 0), put(A, "1", 204, 16), get(A, "", 50))).hasSize(1);
    assertThat(judged(put(B, "1", 204, 0), put(A, "2", 204, 15), get(A, "1", 50)))
        .isEmpty();
    assertThat(judged(put(B, "1", 204, 0), put(A, "2", 204, 16), get(A, "1", 50)))
        .hasSize(1);
    assertThat(judged(put(A, "1", 204, 0), put(A, "2", 204, 15), get(A, "1", 50)))
        .hasSize(1);
    assertThat(judged(put(B, "1", 204, 0), put(A, "2", 204, 15), get(B, "2", 50), get(B, "1", 70)))
        .isEmpty();
  }
}
