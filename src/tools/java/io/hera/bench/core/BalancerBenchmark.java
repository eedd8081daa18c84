package io.hera.bench.core;

import io.hera.client.Balancer;
import io.hera.client.Document;
import io.hera.client.Instance;
import io.hera.client.Locality;
import io.hera.client.Snapshot;
import io.hera.client.Snapshot.Freshness;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The choice of an instance for a call, and the end of the call, among {@link #instances} of two zones. */
@State(Scope.Benchmark)
public class BalancerBenchmark extends CoreBenchmark {
  @Param({"20", "1000"})
  public int instances;

  private Balancer balancer;
  private Balancer ejecting;
  private volatile Snapshot snapshot;
  private Snapshot other;

  @Setup
  public void make() {
    Random random = new Random(1);
    List<Instance> list = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      Map<String, ?> members = Map.of(
          "host",
          "10.0.0.1",
          "port",
          8080,
          "zone",
          i % 2 == 0 ? "ams" : "fra",
          "weight",
          1 + i % 3);
      list.add(new Instance("orders", "i-" + i, Document.of(members), random.nextInt(50) == 0));
    }
    snapshot = new Snapshot("orders", list, "", "", Freshness.FRESH, 0);
    other = new Snapshot("orders", list, "other", "", Freshness.FRESH, 0);
    balancer = make(Locality.of("ams"));
    ejecting = make(Locality.ANYWHERE);
    ejecting.pick().orElseThrow().failed(new ConnectException());
  }

  private Balancer make(Locality place) {
    return Balancer.over(
        () -> snapshot,
        place,
        System::nanoTime,
        () -> ThreadLocalRandom.current().nextLong());
  }

  /** Calls one of the same zone. */
  @Benchmark
  public Instance pick() {
    return call(balancer);
  }

  /** Calls one of all, while one is ejected for a part of the time, so that the clock is read. */
  @Benchmark
  public Instance pickBesideAnEjection() {
    return call(ejecting);
  }

  private static Instance call(Balancer balancer) {
    try (Balancer.Pick pick = balancer.pick().orElseThrow()) {
      return pick.instance();
    }
  }

  /** Calls the one of a key. */
  @Benchmark
  public Instance pickByKey() {
    try (Balancer.Pick pick = balancer.pick("customer-4711").orElseThrow()) {
      return pick.instance();
    }
  }

  /** Calls one that has not failed. */
  @Benchmark
  public Instance pickAnother() {
    try (Balancer.Pick pick = balancer.pickNot(Set.of("i-0")).orElseThrow()) {
      return pick.instance();
    }
  }

  /** Calls one after a change of the list. */
  @Benchmark
  public Instance pickAfterAChange() {
    Snapshot next = other;
    other = snapshot;
    snapshot = next;
    return call(balancer);
  }
}
