package io.hera.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Puts options that stand before the command, as in {@code hera --nodes URLS ls}, behind it, where the command finds them. */
final class LeadingOptions {
  private static final Set<String> WITH_VALUE =
      Set.of("--context", "--nodes", "--timeout", "-o", "--output");
  private static final Set<String> FLAGS = Set.of("-q", "--quiet", "-v", "--verbose", "--json");

  private LeadingOptions() {}

  /** Returns the arguments with the command first; as they are if other options stand before it, or there is no command. */
  static String[] moved(String[] arguments, Predicate<String> isCommand) {
    int at = 0;
    while (at < arguments.length && isLeading(arguments[at])) {
      at += WITH_VALUE.contains(arguments[at]) ? 2 : 1;
    }
    if (at == 0 || at >= arguments.length || !isCommand.test(arguments[at])) {
      return arguments;
    }
    List<String> all = List.of(arguments);
    List<String> moved = new ArrayList<>();
    moved.add(all.get(at));
    moved.addAll(all.subList(0, at));
    moved.addAll(all.subList(at + 1, all.size()));
    return moved.toArray(String[]::new);
  }

  private static boolean isLeading(String argument) {
    return WITH_VALUE.contains(argument)
        || FLAGS.contains(argument)
        || WITH_VALUE.stream().anyMatch(option -> argument.startsWith(option + "="));
  }
}
