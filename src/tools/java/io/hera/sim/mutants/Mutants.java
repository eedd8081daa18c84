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
      number of seeds out of N (20), with troubles of the kinds that the mutant names, the first seed of
      each kind, as twin@3, and the test of the rule. Ends with 1 if nothing fails for one of them.
      NAME_PART: only mutants whose name contains one of them, as P05.
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
    System.out.printf("%-17s %-70s %-26s %s%n", "rule", "off", "simulation", "test");
    int survivors = 0;
    for (Mutant mutant : mutants) {
      Hunt hunt = new Hunt(Compilation.of(mutant), DEADLINE);
      Found found = simulated(hunt, mutant, seeds);
      Optional<String> test = hunt.test(mutant.test());
      boolean survives = found.invariants.isEmpty() && test.isEmpty();
      survivors += survives ? 1 : 0;
      System.out.printf(
          "%-17s %-70s %-26s %s%n",
          mutant.rule(),
          mutant.switchesOff(),
          found.describe(seeds),
          survives ? "SURVIVES: untested or unneeded" : describe(mutant, test));
    }
    System.out.printf("%d mutants, %d survive%n", mutants.size(), survivors);
    return survivors;
  }

  /**
   * What simulations have found.
   *
   * @param invariants invariant → the number of seeds in which it was the first to break
   * @param leads kind of trouble → the first seed that broke one
   */
  private record Found(Map<String, Integer> invariants, Map<String, Long> leads) {
    String describe(int seeds) {
      int red = invariants.values().stream().mapToInt(count -> count).sum();
      String first = leads.entrySet().stream()
          .map(lead -> " " + new Mutant.Lead(lead.getKey(), lead.getValue()))
          .collect(Collectors.joining());
      return red == 0
          ? "-"
          : "%d of %d: %s%s".formatted(red, seeds, String.join(" ", invariants.keySet()), first);
    }
  }

  private static Found simulated(Hunt hunt, Mutant mutant, int seeds) {
    Found found = new Found(new TreeMap<>(), new TreeMap<>());
    List<String> troubles = mutant.troubles().stream().map(Mutant.Lead::trouble).toList();
    for (int i = 0; i < seeds; i++) {
      long seed = i;
      String trouble = troubles.isEmpty() ? "" : troubles.get(i % troubles.size());
      Optional<String> violation = trouble.isEmpty() ? hunt.seed(seed) : hunt.seed(seed, trouble);
      violation.ifPresent(text -> found.invariants.merge(invariant(text), 1, Integer::sum));
      if (violation.isPresent() && !trouble.isEmpty()) {
        found.leads.putIfAbsent(trouble, seed);
      }
    }
    return found;
  }

  private static String invariant(String violation) {
    Matcher matcher = INVARIANT.matcher(violation);
    return matcher.find() ? matcher.group() : "other";
  }

  private static String describe(Mutant mutant, Optional<String> test) {
    return test.map(failed -> mutant.test().simpleName() + "." + failed).orElse("-");
  }
}
