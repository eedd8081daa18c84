package io.hera.bench.core;

import io.hera.registry.Asker;
import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.Key;
import io.hera.registry.Merged;
import io.hera.registry.Outcome;
import io.hera.registry.Registry;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The operations of a registry with {@link #instances}. */
@State(Scope.Benchmark)
public class RegistryBenchmark extends CoreBenchmark {
  private static final int PAGE_BYTES_MAX = 400 << 10;
  private static final Set<String> MEMBERS = Set.of("a", "b");

  @Param({"10000", "1000000"})
  public int instances;

  private long nanos;
  private Key[] keys;
  private Registry registry;
  private Registry sibling;
  private Delta page;
  private int next;

  @Setup(Level.Iteration)
  public void fill() {
    nanos = 0;
    keys = new Key[instances];
    registry = registry("a");
    sibling = registry("b");
    for (int i = 0; i < instances; i++) {
      keys[i] = new Key("service-" + i / 100, "i-" + i);
      registry.put(keys[i], document(i, 0), 0);
    }
    Digest nothing = Digest.of("a", 0);
    registry.delta(Asker.UNNAMED, nothing, Dialect.V2, 1);
    nanos += TimeUnit.SECONDS.toNanos(10);
    page = registry.delta(Asker.UNNAMED, nothing, Dialect.V2, PAGE_BYTES_MAX);
    next = 0;
  }

  private Registry registry(String name) {
    InstantSource wall = () -> Instant.ofEpochMilli(1_700_000_000_000L + nanos / 1_000_000);
    Registry made = new Registry(
        name,
        MEMBERS,
        TestLimits.DEFAULT,
        wall,
        () -> nanos,
        new ContentHasher(Set.of("updated_at")),
        change -> {});
    made.recovered();
    return made;
  }

  private static byte[] document(int instance, int round) {
    return ("{\"ip\":\"10.1.2.3\",\"port\":8080,\"n\":" + instance + ",\"updated_at\":" + round
            + "}")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private int next() {
    next = next + 1 == instances ? 0 : next + 1;
    nanos += 50_000;
    return next;
  }

  /** Renews an instance with a new document. */
  @Benchmark
  public Outcome put() {
    int instance = next();
    return registry.put(keys[instance], document(instance, (int) nanos), 0);
  }

  /** Renews an instance without a document. */
  @Benchmark
  public Outcome renew() {
    return registry.renew(keys[next()], 0);
  }

  /** Answers a peer that is 400 KiB behind. */
  @Benchmark
  public Delta delta() {
    return registry.delta(Asker.UNNAMED, Digest.of("a", 0), Dialect.V2, PAGE_BYTES_MAX);
  }

  /** Merges such a page, of which all entries are new. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Warmup(iterations = 10)
  @Measurement(iterations = 10)
  public Merged merge() {
    return sibling.merge(page, Set.of("a"), Set.of("a"));
  }

  /** Expires all instances at once. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Warmup(iterations = 5)
  @Measurement(iterations = 5)
  public boolean expire() {
    nanos += TimeUnit.MILLISECONDS.toNanos(TestLimits.DEFAULT.livenessMillis());
    return registry.purge(Integer.MAX_VALUE);
  }
}
