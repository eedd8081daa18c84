package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registry;
import io.hera.registry.RegistryLimits;
import io.hera.wire.ContentHasher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What those are answered who wait for news. */
class DeltaResponsesTest {
  private final ManualTimer timer = new ManualTimer();
  private final Registry registry = new Registry(
      "a",
      Set.of("a", "b"),
      RegistryLimits.DEFAULT,
      () -> Instant.ofEpochMilli(1_700_000_000_000L + timer.nowMillis()),
      () -> TimeUnit.MILLISECONDS.toNanos(timer.nowMillis()),
      new ContentHasher(Set.of()),
      change -> {});
  private final WriteNotifier written = new WriteNotifier(() -> {}, timer);
  private final DeltaResponses answering = new DeltaResponses(
      registry, written, "a", () -> TimeUnit.MILLISECONDS.toNanos(timer.nowMillis()));

  @BeforeEach
  void recovered() {
    registry.recovered();
  }

  private void put(String id) {
    registry.put(new Key("s", id), "{}".getBytes(StandardCharsets.UTF_8), 0);
    written.upTo(registry.last());
    timer.advance(1);
  }

  private DeltaResponse ask(long horizon, boolean waits) {
    DeltaRequest asked = new DeltaRequest(
        Optional.empty(), Digest.of("a", horizon), Dialect.V2, 100_000, false, waits);
    return answering.answer(asked, 300_000);
  }

  private static List<String> ids(DeltaResponse answered) {
    return answered.delta().origins().stream()
        .flatMap(part -> part.entries().stream())
        .map(entry -> entry.key().id())
        .toList();
  }

  private static long reached(DeltaResponse answered) {
    return answered.delta().origins().stream().mapToLong(OriginDelta::to).max().orElseThrow();
  }

  @Test
  void whoLacksWhatWasToldGetsAllThatThereIs() {
    put("first");
    put("second");
    assertThat(ids(ask(0, true))).containsExactly("first", "second");
  }

  @Test
  void whoHasAllThatWasToldGetsTheRestWhenItIsTold() {
    put("first");
    long horizon = reached(ask(0, true));
    put("second");
    assertThat(ids(ask(horizon, true))).isEmpty();
    assertThat(ids(ask(horizon, false)))
        .as("asked by one who does not wait")
        .containsExactly("second");
    timer.advance(10);
    assertThat(ids(ask(horizon, true))).containsExactly("second");
  }

  @Test
  void thoseWhoAskTheSameAtTheSameMomentShareAnAnswer() {
    put("first");
    DeltaResponse first = ask(0, true);
    assertThat(ask(0, true)).isSameAs(first);
    timer.advance(6);
    assertThat(ask(0, true)).isNotSameAs(first);
  }

  @Test
  void anAnswerWithoutNewsIsNotGivenAgain() {
    assertThat(ids(ask(0, true))).isEmpty();
    put("first");
    assertThat(ids(ask(0, true))).containsExactly("first");
  }
}
