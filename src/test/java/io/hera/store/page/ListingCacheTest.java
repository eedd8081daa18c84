package io.hera.store.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.registry.Registry;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that cached layouts follow the changes of the registry. */
class ListingCacheTest {
  private final Registry registry = new Registry(
      "a",
      Set.of("a"),
      TestLimits.DEFAULT,
      InstantSource.system(),
      System::nanoTime,
      new ContentHasher(Set.of()),
      change -> this.changed(change.key()));
  private final Queue<Runnable> working = new ArrayDeque<>();
  private final PageMemory memory = new PageMemory(64 << 20);
  private final List<Subject> dropped = new ArrayList<>();
  private final ListingCache layouts =
      new ListingCache(registry.view(), memory, new LaterWorkers(), dropped::add);

  /** Begins work when the test says so. */
  private final class LaterWorkers implements Workers {
    @Override
    public <T> Future<T> run(Supplier<T> work) {
      Promise<T> done = Promise.promise();
      working.add(() -> done.complete(work.get()));
      return done.future();
    }
  }

  private void changed(Key key) {
    layouts.changed(Subject.of(key.service()), key.id());
    layouts.changed(Subject.ALL, key.service());
  }

  @BeforeEach
  void recovered() {
    registry.recovered();
  }

  private void put(int id, String document) {
    put(new Key("s", "i" + id), document);
  }

  private void put(Key key, String document) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    assertThat(registry.put(key, bytes, 0)).isEqualTo(Outcome.DONE);
  }

  private ListingLayout make(Subject subject) {
    return (ListingLayout) layouts.get(subject, Filter.ALL).result();
  }

  private static final Filter ODD = new Filter(List.of(Map.entry("n", "1")));

  private ListingLayout odd() {
    return (ListingLayout) layouts.get(Subject.of("s"), ODD).result();
  }

  private void putMany() {
    for (int id = 0; id < 3_000; id++) {
      put(id, "{\"n\":" + id % 2 + "}");
    }
  }

  @Test
  void aLargeLayoutIsBuiltOnceByAWorkerAndIsCurrentWhenItIsDone() {
    putMany();
    Future<Layout> first = layouts.get(Subject.of("s"), Filter.ALL);
    Future<Layout> second = layouts.get(Subject.of("s"), Filter.ALL);
    assertThat(working).hasSize(1);
    assertThat(first.isComplete()).isFalse();
    put(7, "{\"n\":\"while it is built\"}");
    registry.remove(new Key("s", "i8"));
    working.remove().run();
    assertThat(first.result()).isSameAs(second.result());
    assertThat(((ListingLayout) first.result()).json().toString())
        .contains("\"i7\":{\"n\":\"while it is built\"}")
        .doesNotContain("\"i8\":");
    put(9, "{\"n\":9}");
    assertThat(listing()).contains("\"i9\":{\"n\":9}");
    assertThat(working).isEmpty();
  }

  @Test
  void manyChangesAreSplicedByAWorkerAndThoseThatComeMeanwhileFollow() {
    putMany();
    layouts.get(Subject.of("s"), Filter.ALL);
    working.remove().run();
    putSome(0, "{\"n\":\"first\"}");
    Future<Layout> brought = layouts.get(Subject.of("s"), Filter.ALL);
    assertThat(brought.isComplete()).isFalse();
    assertThat(layouts.get(Subject.of("s"), Filter.ALL)).isSameAs(brought);
    putSome(1_000, "{\"n\":\"second\"}");
    working.remove().run();
    assertThat(brought.isComplete()).isFalse();
    put(2_000, "{\"n\":\"last\"}");
    registry.remove(new Key("s", "i1"));
    working.remove().run();
    assertThat(working).isEmpty();
    assertThat(((ListingLayout) brought.result()).json().toString())
        .contains("\"i0\":{\"n\":\"first\"}", "\"i1000\":{\"n\":\"second\"}")
        .contains("\"i2000\":{\"n\":\"last\"}")
        .doesNotContain("\"i1\":");
    assertThat(layouts.get(Subject.of("s"), Filter.ALL).result()).isSameAs(brought.result());
  }

  private void putSome(int from, String document) {
    for (int id = from; id < from + 600; id++) {
      put(id, document);
    }
  }

  /** A change that the filter does not match leaves the same layout: its readers have it already. */
  @Test
  void aChangeCostsAFilterOneLineNotAWalkOverAll() {
    putMany();
    layouts.get(Subject.of("s"), ODD);
    working.remove().run();
    ListingLayout before = odd();
    assertThat(before.size()).isEqualTo(1_500);
    put(0, "{\"n\":0,\"other\":true}");
    assertThat(odd()).isSameAs(before);
    put(0, "{\"n\":1}");
    assertThat(odd().size()).isEqualTo(1_501);
    registry.remove(new Key("s", "i1"));
    assertThat(odd().json().toString()).startsWith("{\"i0\":{\"n\":1},\"i1001\":");
    assertThat(working).isEmpty();
  }

  @Test
  void eachFilterHasALayoutOfItsOwnAndFollowsTheSameChanges() {
    for (int id = 0; id < 10; id++) {
      put(id, "{\"n\":" + id % 2 + "}");
    }
    assertThat(odd().size()).isEqualTo(5);
    String all = listing();
    put(2, "{\"n\":1}");
    put(3, "{\"n\":0}");
    assertThat(listing()).isNotEqualTo(all);
    put(4, "{\"n\":1}");
    assertThat(odd().json().toString())
        .isEqualTo("{\"i1\":{\"n\":1},\"i2\":{\"n\":1},\"i4\":{\"n\":1},"
            + "\"i5\":{\"n\":1},\"i7\":{\"n\":1},\"i9\":{\"n\":1}}");
  }

  private String listing() {
    return make(Subject.of("s")).json().toString();
  }

  @Test
  void aListingFollowsFewAndManyChanges() {
    assertThat(listing()).isEqualTo("{}");
    for (int id = 0; id < 100; id++) {
      put(id, "{}");
    }
    String first = listing();
    assertThat(first).startsWith("{\"i0\":{},\"i1\":{},\"i10\":{},").endsWith(",\"i99\":{}}");
    put(7, "{\"n\":1}");
    assertThat(listing()).isEqualTo(first.replace("\"i7\":{}", "\"i7\":{\"n\":1}"));
    for (int id = 0; id < 100; id++) {
      put(id, "{\"n\":1}");
    }
    assertThat(listing()).isEqualTo(first.replace("{}", "{\"n\":1}"));
    for (int id = 0; id < 100; id++) {
      registry.remove(new Key("s", "i" + id));
    }
    assertThat(listing()).isEqualTo("{}");
  }

  @Test
  void theListOfServicesFollowsChanges() {
    assertThat(make(Subject.ALL).size()).isZero();
    for (int service = 0; service < 40; service++) {
      put(new Key("s" + service, "i"), "{}");
    }
    String first = services();
    assertThat(first).startsWith("{\"s0\":{\"instances\":1},\"s1\":{\"instances\":1},\"s10\":");
    put(new Key("s10", "j"), "{}");
    registry.remove(new Key("s1", "i"));
    assertThat(services())
        .isEqualTo(first
            .replace("\"s1\":{\"instances\":1},", "")
            .replace("\"s10\":{\"instances\":1}", "\"s10\":{\"instances\":2}"));
  }

  private String services() {
    return make(Subject.ALL).json().toString();
  }

  private static String document(int bytes) {
    return "{\"x\":\"" + "x".repeat(bytes - 8) + "\"}";
  }

  /** Those that were asked for longest ago make room; the one that is asked for stays. */
  @Test
  void layoutsTakeABoundedAmountOfHeap() {
    memory.limit(4_000);
    for (int service = 0; service < 6; service++) {
      put(new Key("s" + service, "1"), document(900));
      make(Subject.of("s" + service));
    }
    assertThat(dropped).containsExactly(Subject.of("s0"), Subject.of("s1"));
    ListingLayout newest = make(Subject.of("s5"));
    assertThat(make(Subject.of("s5"))).isSameAs(newest);
    make(Subject.of("s2"));
    make(Subject.of("s0"));
    assertThat(dropped).endsWith(Subject.of("s3")).hasSize(3);
  }

  @Test
  void aListingOfManyBytesIsKeptAsReferencesWhileItIsLong() {
    memory.limit(2_000);
    put(1, document(600));
    assertThat(make(Subject.of("s")).json().length()).isLessThan(1_000);
    put(2, document(600));
    layouts.get(Subject.of("s"), Filter.ALL);
    Layout large = layouts.get(Subject.of("s"), Filter.ALL).result();
    assertThat(large).isInstanceOf(DocumentLayout.class);
    assertThat(layouts.get(Subject.of("s"), Filter.ALL).result()).isSameAs(large);
    put(2, "{}");
    put(1, "{}");
    layouts.get(Subject.of("s"), Filter.ALL);
    assertThat(make(Subject.of("s")).json().toString()).isEqualTo("{\"i1\":{},\"i2\":{}}");
  }

  /** A thousand documents may be small or large. */
  @Test
  void aWorkerBuildsAFewLargeDocuments() {
    for (int id = 0; id < 10; id++) {
      put(id, document(50_000));
    }
    Future<Layout> made = layouts.get(Subject.of("s"), Filter.ALL);
    assertThat(made.isComplete()).isFalse();
    working.remove().run();
    assertThat(made.result().size()).isEqualTo(10);
  }
}
