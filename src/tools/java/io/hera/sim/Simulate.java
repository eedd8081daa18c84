package io.hera.sim;

import io.hera.sim.model.ModelCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs simulations on all processors; the main class behind {@code scripts/simulate}. */
public final class Simulate {
  private static final String USAGE = """
      usage: scripts/simulate [-h] [--seeds N | --minutes M] [--from SEED] [--trouble KIND]
             scripts/simulate --seed SEED | --scenario FILE
             scripts/simulate --exhaustive DEPTH
             scripts/simulate --mutants [-h] [--seeds N] [NAME_PART ...]
             scripts/simulate --rebase-mutants [-h] REV
      Runs N (10000) simulated clusters, or for M minutes, and ends with 1 at the first broken invariant, which is shrunk
      to a short plan. --trouble: all troubles are of one kind, as wrong-clocks. --seed and --scenario replay one. --exhaustive checks all sequences of up to DEPTH events.
      --mutants switches off the rules of the protocol one by one; --rebase-mutants moves the mutants along with the sources.
      """;
  private static final int BATCH = 200;

  private final LongFunction<Plan> plans;
  private final AtomicLong runs = new AtomicLong();
  private final Map<String, Integer> counts = new TreeMap<>();

  private Simulate(LongFunction<Plan> plans) {
    this.plans = plans;
  }

  /** Runs as {@link #USAGE} describes. */
  public static void main(String[] arguments) throws IOException {
    String option = arguments.length == 0 ? "--seeds" : arguments[0];
    String value = arguments.length < 2 ? "" : arguments[1];
    switch (option) {
      case "--seed" -> System.exit(replay(Plan.of(Long.parseLong(value))));
      case "--scenario" -> System.exit(replay(Plan.parse(Files.readString(Path.of(value)))));
      case "--exhaustive" -> ModelCheck.main(new String[] {value});
      case "--seeds", "--minutes", "--from", "--trouble" -> System.exit(many(arguments));
      default -> {
        System.err.print(USAGE);
        System.exit(option.equals("-h") ? 0 : 2);
      }
    }
  }

  private static int many(String[] arguments) {
    Map<String, String> options = new TreeMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    boolean timed = options.containsKey("--minutes");
    double minutes = Double.parseDouble(options.getOrDefault("--minutes", "0"));
    long seeds = timed ? Long.MAX_VALUE : Long.parseLong(options.getOrDefault("--seeds", "10000"));
    long end = timed ? System.nanoTime() + (long) (minutes * 60e9) : Long.MAX_VALUE;
    LongFunction<Plan> plans = options.containsKey("--trouble")
        ? seed -> Plan.of(seed, Trouble.of(options.get("--trouble")))
        : Plan::of;
    return new Simulate(plans).run(Long.parseLong(options.getOrDefault("--from", "0")), seeds, end);
  }

  private int run(long from, long seeds, long endNanos) {
    long begun = System.nanoTime();
    long reported = begun;
    for (long first = 0; first < seeds && System.nanoTime() < endNanos; first += BATCH) {
      long start = from + first;
      int size = (int) Math.min(BATCH, seeds - first);
      Long failing = IntStream.range(0, size)
          .parallel()
          .mapToObj(i -> start + i)
          .filter(this::breaks)
          .min(Long::compare)
          .orElse(null);
      if (failing != null) {
        return report(failing);
      }
      if (System.nanoTime() - reported > 2_000_000_000L) {
        reported = System.nanoTime();
        System.out.printf("%d seeds, %d/s%n", runs.get(), perSecond(begun));
      }
    }
    System.out.printf(
        "%d seeds, %d/s, no violation%nevents: %s%n", runs.get(), perSecond(begun), counts);
    return 0;
  }

  private long perSecond(long begunNanos) {
    return runs.get()
        * 1_000
        / Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos));
  }

  private boolean breaks(long seed) {
    Simulation.Outcome outcome = Simulation.run(plans.apply(seed));
    runs.incrementAndGet();
    synchronized (counts) {
      outcome.counts().forEach((what, count) -> counts.merge(what, count, Integer::sum));
    }
    return outcome.violation() != null;
  }

  private int report(long seed) {
    System.out.printf("seed %d after %d others; shrinking%n", seed, runs.get());
    return replay(Shrinker.shrink(plans.apply(seed)));
  }

  private static int replay(Plan plan) {
    @Nullable Violation violation = Simulation.run(plan).violation();
    System.out.print(plan.text());
    System.out.println(violation == null ? "no violation" : violation.getMessage());
    if (violation != null && violation.getCause() != null) {
      Arrays.stream(violation.getCause().getStackTrace()).limit(8).forEach(System.out::println);
    }
    return violation == null ? 0 : 1;
  }
}
