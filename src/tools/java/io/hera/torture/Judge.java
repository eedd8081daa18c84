package io.hera.torture;

import io.hera.torture.Checker.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides over a whole history: S4 to S6 key by key, and how stale the reads were. */
final class Judge {
  /** Time a peer's schedule may need to try again, and one slow answer. */
  private static final long SLACK_MILLIS = 6_000;

  private static final int SHOWN_MAX = 5;

  private Judge() {}

  public static void main(String... arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("usage: Judge HISTORY");
    }
    List<String> wrong = violations(History.read(Path.of(arguments[0])));
    System.out.println("violations " + wrong.size());
    System.exit(wrong.isEmpty() ? 0 : 1);
  }

  /** Prints what was asked, the figures, and for the first violations what happened around them. */
  static List<String> violations(History history) {
    Map<String, Integer> requests = new TreeMap<>();
    history.events().forEach(e -> requests.merge(e.kind() + " " + e.status(), 1, Integer::sum));
    System.out.println("requests " + requests);
    List<String> found = new ArrayList<>();
    for (String key : Clients.keys()) {
      Checker checker = new Checker(Clients.ttl(key), SLACK_MILLIS, history.pauses());
      for (Violation violation : checker.violations(history.of(key))) {
        found.add(violation.words() + " read by " + violation.read());
        if (found.size() <= SHOWN_MAX) {
          System.out.println(found.get(found.size() - 1) + "\n  among");
          history.around(violation.read(), 2_000).forEach(e -> System.out.println("  " + e));
        }
      }
    }
    staleness(history, found);
    return found;
  }

  private static void staleness(History history, List<String> found) {
    List<Long> fair = Staleness.within(history, history.fair());
    List<Long> all = Staleness.within(history, List.of(new History.Span(0, Long.MAX_VALUE)));
    System.out.println("in fair times " + Staleness.words(fair));
    System.out.println("at all times " + Staleness.words(all));
    if (!fair.isEmpty() && fair.get(fair.size() - 1) > Torture.EQUAL_MILLIS) {
      found.add("L2 stale in fair times for longer than nodes need to become equal");
    }
  }
}
