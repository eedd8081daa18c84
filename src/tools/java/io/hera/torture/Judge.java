package io.hera.torture;

import io.hera.torture.Checker.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The judge of a whole history: S4 to S6 key by key, that no living instance is missing, and the
 * staleness of reads.
 */
final class Judge {
  /** Transit time: the longest wait until a peer is asked again, and one slow answer. */
  private static final long SLACK_MILLIS = 6_000;

  /**
   * A starting node repeats a request after 2 s without a byte, at the latest 250 ms later, and asks
   * for its own entries before all others.
   */
  private static final Holders.Bounds BOUNDS = new Holders.Bounds(Driver.EQUAL_MILLIS, 3_000);

  /** Twice the error of a clock that is read in a round trip of the longest that counts, 1 s. */
  private static final long CLOCK_ERROR_MILLIS = 1_000;

  private static final int PRINTED_MAX = 5;

  private Judge() {}

  public static void main(String... arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("usage: Judge HISTORY");
    }
    List<String> wrong = violations(History.read(Path.of(arguments[0])));
    System.out.println("violations " + wrong.size());
    System.exit(wrong.isEmpty() ? 0 : 1);
  }

  /**
   * Prints counts and figures, and the first violations with the events around them; returns all.
   */
  static List<String> violations(History history) {
    Map<String, Integer> requests = new TreeMap<>();
    history.events().forEach(e -> requests.merge(e.kind() + " " + e.status(), 1, Integer::sum));
    System.out.println("requests " + requests);
    List<String> found = new ArrayList<>();
    for (String key : Keys.changing()) {
      print(checked(key, history), history, found);
    }
    Presence.Tally tally = new Presence.Tally();
    for (String key : Keys.living()) {
      print(checked(key, history), history, found);
      Presence presence = new Presence(Keys.ttl(key), BOUNDS, history.conditions());
      print(presence.violations(history.of(key)), history, found);
      tally.add(presence.tally());
    }
    System.out.println(tally);
    staleness(history, found);
    return found;
  }

  private static List<Violation> checked(String key, History history) {
    return new Checker(
            Keys.ttl(key),
            SLACK_MILLIS,
            CLOCK_ERROR_MILLIS,
            history.conditions().pauses())
        .violations(history.of(key));
  }

  private static void print(List<Violation> violations, History history, List<String> found) {
    for (Violation violation : violations) {
      found.add(violation.description() + " read by " + violation.read());
      if (found.size() <= PRINTED_MAX) {
        System.out.println(found.get(found.size() - 1) + "\n  among");
        history.around(violation.read(), 2_000).forEach(e -> System.out.println("  " + e));
      }
    }
  }

  private static void staleness(History history, List<String> found) {
    List<Long> fair = Staleness.within(history, history.fair());
    List<Long> all = Staleness.within(history, List.of(new History.Span(0, Long.MAX_VALUE)));
    System.out.println("in fair times " + Staleness.summary(fair));
    System.out.println("at all times " + Staleness.summary(all));
    if (!fair.isEmpty() && fair.get(fair.size() - 1) > Driver.EQUAL_MILLIS) {
      found.add("L2 reads in fair times were stale for longer than nodes may need to become equal");
    }
  }
}
