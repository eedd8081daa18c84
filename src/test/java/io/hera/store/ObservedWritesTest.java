package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Change.Kind;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.registry.Registry;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which changes an observed write reports. */
class ObservedWritesTest {
  private static final Key KEY = new Key("s", "1");

  private long nowMillis;
  private final List<Kind> observed = new ArrayList<>();
  private final Readiness readiness = new Readiness();
  private final Registry registry = new Registry(
      "a",
      Set.of("a"),
      TestLimits.DEFAULT,
      () -> Instant.ofEpochMilli(1_700_000_000_000L + nowMillis),
      () -> TimeUnit.MILLISECONDS.toNanos(nowMillis),
      new ContentHasher(Set.of("updated_at")),
      change -> {
        if (change.contentChanged()) {
          writes().changed(change);
        }
      });
  private final RegistryWrites writes = new RegistryWrites(registry, readiness);

  ObservedWritesTest() {
    registry.recovered();
    registry.synchronised();
    readiness.synchronise();
  }

  private RegistryWrites writes() {
    return writes;
  }

  private static Write put(String document) {
    return new Write.Put(KEY, document.getBytes(StandardCharsets.UTF_8), 1_000);
  }

  /** Returns what a write reports; it has to be done. */
  private List<Kind> observe(Write write) {
    observed.clear();
    assertThat(writes.write(new Write.Observed(write, observed::add))).isEqualTo(Outcome.DONE);
    return observed;
  }

  @Test
  void aWriteReportsThatItRegistersUpdatesOrDeregisters() {
    assertThat(observe(put("{}"))).containsExactly(Kind.REGISTERED);
    assertThat(observe(put("{\"a\":1}"))).containsExactly(Kind.UPDATED);
    assertThat(observe(new Write.Remove(KEY))).containsExactly(Kind.DEREGISTERED);
  }

  @Test
  void aRenewalReportsNothing() {
    observe(put("{\"a\":1,\"updated_at\":1}"));

    assertThat(observe(new Write.Renew(KEY, 0))).isEmpty();
    assertThat(observe(put("{\"a\":1,\"updated_at\":1}"))).isEmpty();
    assertThat(observe(put("{\"updated_at\":2, \"a\":1}"))).isEmpty();
  }

  @Test
  void aRemovalOfAnUnknownInstanceReportsNothing() {
    assertThat(observe(new Write.Remove(KEY))).isEmpty();
  }

  @Test
  void aWriteWhoseConditionDoesNotHoldReportsNothing() {
    observe(put("{}"));
    observed.clear();
    Write create = new Write.Conditional(
        new Write.Observed(put("{\"a\":1}"), observed::add), Optional::isEmpty);

    assertThat(writes.write(create)).isEqualTo(Outcome.PRECONDITION_FAILED);
    assertThat(observed).isEmpty();
  }

  @Test
  void anExpiryThatAConditionFindsIsNotReported() {
    observe(put("{}"));
    for (int passed = 0; passed < 1_500; passed += 250) {
      nowMillis += 250;
      registry.purge(0);
    }
    observed.clear();
    Write remove = new Write.Conditional(
        new Write.Observed(new Write.Remove(KEY), observed::add), Optional::isEmpty);

    assertThat(writes.write(remove)).isEqualTo(Outcome.DONE);
    assertThat(observed).isEmpty();
  }

  @Test
  void aWriteThatIsNotObservedIsNotReportedToTheObserverBeforeIt() {
    observe(put("{}"));
    observed.clear();

    writes.write(new Write.Remove(KEY));
    assertThat(observed).isEmpty();
  }

  @Test
  void aWriteThatIsDoneShowsTheInstanceThatItLeaves() {
    List<InstanceView> shown = new ArrayList<>();
    assertThat(writes.write(new Write.Shown(put("{\"a\":1}"), shown::add))).isEqualTo(Outcome.DONE);
    nowMillis += 400;
    writes.write(new Write.Shown(new Write.Renew(KEY, 0), shown::add));

    assertThat(shown).hasSize(2).allSatisfy(view -> {
      assertThat(view.expiresInMillis()).isEqualTo(1_000);
      assertThat(view).usingRecursiveComparison().isEqualTo(registry.instance(KEY));
    });
  }

  @Test
  void aWriteThatIsRefusedOrLeavesNoInstanceShowsNothing() {
    List<InstanceView> shown = new ArrayList<>();
    writes.write(new Write.Shown(new Write.Renew(KEY, 0), shown::add));
    writes.write(put("{}"));
    writes.write(new Write.Shown(new Write.Conditional(put("{}"), Optional::isEmpty), shown::add));
    writes.write(new Write.Shown(new Write.Remove(KEY), shown::add));

    assertThat(shown).isEmpty();
  }

  @Test
  void anObservedWriteIsAsMuchWorkAsTheWriteItself() {
    Write large = put("{\"a\":\"" + "x".repeat(10_000) + "\"}");

    assertThat(ManyWrites.work(new Write.Observed(large, observed::add)))
        .isEqualTo(ManyWrites.work(large));
    assertThat(ManyWrites.work(new Write.Shown(large, shown -> {})))
        .isEqualTo(ManyWrites.work(large));
  }
}
