package io.hera.http.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Change;
import io.hera.registry.ContentVersion;
import io.hera.registry.EntryTimes;
import io.hera.registry.Key;
import io.hera.store.LoggedChanges;
import io.hera.store.page.Filter;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests the position of one client in a stream: its phases, and which events concern it. */
class EventStreamTest {
  private static final String AMS = "{\"zone\":\"ams\"}";
  private static final String LON = "{\"zone\":\"lon\"}";
  private static final Selection ALL = new Selection.All(Filter.ALL);
  private static final Selection ONE = new Selection.Instance(new Key("s", "1"));
  private static final Selection SERVICE = new Selection.OfService(Subject.of("s"), Filter.ALL);
  private static final Selection AT_AMS =
      new Selection.OfService(Subject.of("s"), new Filter(List.of(Map.entry("zone", "ams"))));

  private static EventStream<String> stream(Selection selection) {
    return new EventStream<>("client", selection);
  }

  /** Returns the event of a change to {@code s/1}; an empty text stands for no document. */
  private static ServerEvent event(long number, String before, String after) {
    return event(number, new Key("s", "1"), before, after);
  }

  private static ServerEvent event(long number, Key key, String before, String after) {
    Change.Kind kind = before.isEmpty()
        ? Change.Kind.REGISTERED
        : after.isEmpty() ? Change.Kind.DEREGISTERED : Change.Kind.UPDATED;
    Change change = new Change(
        key,
        bytes(before),
        bytes(after),
        kind,
        "a",
        new Change.Contents(null, ContentVersion.NONE),
        new EntryTimes(1, 1, 0));
    return new ServerEvent("life", LoggedChanges.of(number, change));
  }

  private static byte @Nullable [] bytes(String document) {
    return document.isEmpty() ? null : document.getBytes(UTF_8);
  }

  private static Optional<String> data(EventStream<String> stream, ServerEvent event) {
    return stream.text(event).map(text -> text.toString().strip().replaceFirst("(?s).*data: ", ""));
  }

  @Test
  void aStreamBeginsWithASnapshotAndContinuesAfterIt() {
    EventStream<String> stream = stream(SERVICE);
    assertThat(stream.inSnapshot()).isTrue();
    stream.passed(7);
    stream.snapshotWritten();
    assertThat(stream.inSnapshot()).isFalse();
    assertThat(stream.next()).isEqualTo(8);
  }

  @Test
  void aStreamThatIsResumedHasNoSnapshot() {
    EventStream<String> stream = stream(SERVICE);
    stream.resume(41);
    assertThat(stream.inSnapshot()).isFalse();
    assertThat(stream.next()).isEqualTo(42);
  }

  @Test
  void onlyALiveStreamIsWoken() {
    EventStream<String> stream = stream(SERVICE);
    assertThat(stream.wake(1)).isFalse();
    stream.snapshotWritten();
    assertThat(stream.wake(1)).isFalse();
    stream.caughtUp();
    assertThat(stream.wake(1)).isTrue();
    assertThat(stream.wake(1)).isFalse();
    stream.caughtUp();
    stream.snapshotBegins();
    assertThat(stream.wake(1)).isFalse();
  }

  @Test
  void aStreamThatIsWokenSkipsTheChangesOfOtherSubjects() {
    EventStream<String> stream = stream(SERVICE);
    stream.resume(3);
    stream.caughtUp();
    stream.wake(10);
    assertThat(stream.next()).isEqualTo(10);
  }

  @Test
  void aStreamThatIsWokenDoesNotStepBack() {
    EventStream<String> stream = stream(SERVICE);
    stream.resume(20);
    stream.caughtUp();
    stream.wake(10);
    assertThat(stream.next()).isEqualTo(21);
  }

  @Test
  void aServiceHasAnEventForEachOfItsInstances() {
    EventStream<String> stream = stream(SERVICE);
    assertThat(data(stream, event(1, "", AMS))).contains("{\"id\":\"1\",\"instance\":" + AMS + "}");
    assertThat(data(stream, event(2, AMS, "")))
        .contains("{\"id\":\"1\",\"reason\":\"deregistered\"}");
    assertThat(data(stream, event(3, new Key("other", "1"), "", AMS))).isEmpty();
  }

  @Test
  void oneInstanceHasOnlyItsOwnEvents() {
    EventStream<String> stream = stream(ONE);
    assertThat(data(stream, event(1, "", AMS))).isPresent();
    assertThat(data(stream, event(2, new Key("s", "2"), "", AMS))).isEmpty();
    assertThat(data(stream, event(3, new Key("other", "1"), "", AMS))).isEmpty();
  }

  @Test
  void anInstanceThatCeasesToMatchIsDeleted() {
    EventStream<String> stream = stream(AT_AMS);
    assertThat(data(stream, event(1, "", LON))).isEmpty();
    assertThat(data(stream, event(2, LON, AMS)))
        .contains("{\"id\":\"1\",\"instance\":" + AMS + "}");
    assertThat(data(stream, event(3, AMS, LON)))
        .contains("{\"id\":\"1\",\"reason\":\"unmatched\"}");
    assertThat(data(stream, event(4, LON, ""))).isEmpty();
    assertThat(data(stream, event(5, AMS, "")))
        .contains("{\"id\":\"1\",\"reason\":\"deregistered\"}");
  }

  @Test
  void theEventsOfAllServicesNameTheService() {
    assertThat(data(stream(ALL), event(1, "", AMS)))
        .contains("{\"service\":\"s\",\"id\":\"1\",\"instance\":" + AMS + "}");
  }

  @Test
  void aChangeThatASnapshotOfAllServicesIncludesIsNotRepeated() {
    EventStream<String> stream = stream(ALL);
    stream.passed(5);
    stream.included("s", 8);
    stream.included("other", 6);
    stream.snapshotWritten();
    assertThat(data(stream, event(7, "", AMS))).isEmpty();
    assertThat(data(stream, event(7, new Key("other", "1"), "", AMS))).isPresent();
    assertThat(data(stream, event(8, "", AMS))).isEmpty();
    assertThat(data(stream, event(9, "", AMS))).isPresent();
  }

  /** The numbers up to which services are included matter until the stream has passed the last. */
  @Test
  void theServicesOfASnapshotAreForgottenBehindIt() {
    EventStream<String> stream = stream(ALL);
    stream.included("s", 8);
    stream.passed(7);
    assertThat(data(stream, event(8, "", AMS))).isEmpty();
    stream.passed(8);
    assertThat(data(stream, event(8, "", AMS))).isPresent();
  }
}
