package io.hera.bench.core;

import io.hera.registry.Key;
import io.hera.store.page.ListingLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The listing of a service: built from scratch, and from the previous one after one change. */
@State(Scope.Benchmark)
public class ListingLayoutBenchmark extends CoreBenchmark {
  @Param({"10", "100", "1000"})
  public int instances;

  private final byte[] document =
      "{\"ip\":\"10.1.2.3\",\"port\":8080,\"zone\":\"eu-1\",\"updated_at\":1700000000000}"
          .getBytes(StandardCharsets.US_ASCII);
  private List<String> ids;
  private TreeSet<String> changed;
  private ListingLayout layout;

  @Setup
  public void make() {
    ids = IntStream.range(0, instances)
        .mapToObj(instance -> "i-" + instance)
        .sorted(Key.BYTE_ORDER)
        .toList();
    changed = new TreeSet<>(Key.BYTE_ORDER);
    changed.add(ids.get(instances / 2));
    layout = whole();
  }

  @Benchmark
  public ListingLayout whole() {
    return ListingLayout.of(this::lines);
  }

  @Benchmark
  public ListingLayout spliced() {
    return layout.with(changed, id -> document);
  }

  private void lines(BiConsumer<String, byte[]> page) {
    ids.forEach(id -> page.accept(id, document));
  }
}
