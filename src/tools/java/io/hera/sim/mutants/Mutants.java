package io.hera.sim.mutants;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Prints for each mutant what fails with it; {@code scripts/simulate} runs it. */
public final class Mutants {
  private static final String USAGE = """
      usage: scripts/simulate --mutants [-h] [--seeds N] [NAME_PART ...]
      Switches off the rules of the protocol one by one and prints what fails: invariants, with the
      number of seeds out of N (20), with troubles of the kinds that the mutant names, and the test of the rule. Ends with 1 if nothing fails for one
      of them. NAME_PART: only mutants whose name contains one of them, as P05.
      """;
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final Pattern INVARIANT = Pattern.compile("\\b[SLP]\\d+\\b");

  private Mutants() {}

  /** Runs as {@link #USAGE} says. */
  public static void main(String[] arguments) {
    List<String> parts = List.of(arguments);
    if (parts.contains("-h")) {
      System.out.print(USAGE);
      return;
    }
    int option = parts.indexOf("--seeds");
    int seeds = option < 0 ? 20 : Integer.parseInt(parts.get(option + 1));
    List<String> wanted = option < 0 ? parts : parts.subList(option + 2, parts.size());
    List<Mutant> mutants = Mutant.all().stream()
        .filter(mutant -> wanted.isEmpty() || wanted.stream().anyMatch(mutant.name()::contains))
        .toList();
    System.exit(survivors(mutants, seeds) == 0 && !mutants.isEmpty() ? 0 : 1);
  }

  private static int survivors(List<Mutant> mutants, int seeds) {
    System.out.printf("%-10s %-70s %-26s %s%n", "rule", "off", "simulation", "test");
    int survivors = 0;
    for (Mutant mutant : mutants) {
      Hunt hunt = new Hunt(Compilation.of(mutant), DEADLINE);
      Map<String, Integer> invariants = invariants(hunt, mutant, seeds);
      Optional<String> test = hunt.test(mutant.test());
      boolean survives = invariants.isEmpty() && test.isEmpty();
      survivors += survives ? 1 : 0;
      System.out.printf(
          "%-10s %-70s %-26s %s%n",
          mutant.rule(),
          mutant.switchesOff(),
          describe(invariants, seeds),
          survives ? "SURVIVES: untested or unneeded" : describe(mutant, test));
    }
    System.out.printf("%d mutants, %d survive%n", mutants.size(), survivors);
    return survivors;
  }

  /** Returns invariant → the number of seeds in which it was the first to break. */
  private static Map<String, Integer> invariants(Hunt hunt, Mutant mutant, int seeds) {
    Map<String, Integer> invariants = new TreeMap<>();
    for (int seed = 0; seed < seeds; seed++) {
      simulate(hunt, mutant, seed)
          .ifPresent(violation -> invariants.merge(invariant(violation), 1, Integer::sum));
    }
    return invariants;
  }

  private static Optional<String> simulate(Hunt hunt, Mutant mutant, long seed) {
    List<String> troubles = mutant.troubles();
    return troubles.isEmpty()
        ? hunt.seed(seed)
        : hunt.seed(seed, troubles.get((int) seed % troubles.size()));
  }

  private static String invariant(String violation) {
    Matcher matcher = INVARIANT.matcher(violation);
    return matcher.find() ? matcher.group() : "other";
  }

  private static String describe(Map<String, Integer> invariants, int seeds) {
    int red = invariants.values().stream().mapToInt(count -> count).sum();
    return red == 0
        ? "-"
        : "%d of %d: %s"
            .formatted(red, seeds, invariants.keySet().stream().collect(Collectors.joining(" ")));
  }

  private static String describe(Mutant mutant, Optional<String> test) {
    String name = mutant.test().substring(mutant.test().lastIndexOf('.') + 1);
    return test.map(failed -> name + "." + failed).orElse("-");
  }
}
