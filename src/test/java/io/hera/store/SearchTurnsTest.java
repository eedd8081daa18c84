package io.hera.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Key;
import io.hera.registry.Registry;
import io.hera.registry.View;
import io.hera.store.page.Workers;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A search holds up neither the store nor its workers, however many instances there are. */
class SearchTurnsTest {
  private final Queue<Runnable> turns = new ArrayDeque<>();
  private final Queue<Runnable> work = new ArrayDeque<>();
  private final Registry registry = new Registry(
      "a",
      Set.of("a"),
      TestLimits.DEFAULT,
      InstantSource.system(),
      System::nanoTime,
      new ContentHasher(Set.of()),
      change -> {});
  private final SearchTurns searches =
      new SearchTurns(registry, new LongWork(turns::add), new LaterWorkers());

  /** Workers that work when the test has them do so. */
  private final class LaterWorkers implements Workers {
    @Override
    public <T> Future<T> run(Supplier<T> supplier) {
      Promise<T> done = Promise.promise();
      work.add(() -> done.complete(supplier.get()));
      return done.future();
    }
  }

  @BeforeEach
  void start() {
    registry.recovered();
    registry.synchronised();
  }

  private void put(String service, int count) {
    for (int i = 0; i < count; i++) {
      registry.put(new Key(service, "i" + i), "{\"n\":\"needle\"}".getBytes(UTF_8), 0);
    }
  }

  private Future<Optional<SearchResult>> search() {
    return searches.search(
        new SearchRequest("needle", 5, View.Extent.SHOWN, service -> !service.equals("hidden")));
  }

  private void finish() {
    while (!turns.isEmpty() || !work.isEmpty()) {
      (turns.isEmpty() ? work : turns).remove().run();
    }
  }

  @Test
  void manyInstancesTakeSeveralTurnsAndSeveralWorkers() {
    put("s", 25_000);
    put("hidden", 10);
    Future<Optional<SearchResult>> found = search();
    int turnsTaken = 0;
    int workTaken = 0;
    while (!found.isComplete()) {
      if (work.isEmpty()) {
        turns.remove().run();
        turnsTaken++;
      } else {
        work.remove().run();
        workTaken++;
      }
    }
    assertThat(turnsTaken).isGreaterThanOrEqualTo(2);
    assertThat(workTaken).isBetween(4, 6);
    SearchResult result = found.result().orElseThrow();
    assertThat(result.searched()).isEqualTo(25_000);
    assertThat(result.hits()).hasSize(5);
    assertThat(result.more()).isTrue();
  }

  @Test
  void aThirdSearchAtATimeIsRefusedAndALaterOneIsNot() {
    put("s", 1);
    Future<Optional<SearchResult>> first = search();
    search();
    assertThat(search().result()).isEmpty();
    assertThat(first.isComplete()).isFalse();
    finish();
    assertThat(first.result()).isPresent();
    Future<Optional<SearchResult>> later = search();
    finish();
    assertThat(later.result()).isPresent();
  }

  @Test
  void aSearchThatFailsMakesRoomForOthers() {
    put("s", 1);
    for (int i = 0; i < 5; i++) {
      Future<Optional<SearchResult>> broken =
          searches.search(new SearchRequest("x", 1, View.Extent.SHOWN, service -> {
            throw new IllegalStateException("in a test");
          }));
      finish();
      assertThat(broken.failed()).isTrue();
    }
    Future<Optional<SearchResult>> found = search();
    finish();
    assertThat(found.result()).isPresent();
  }
}
