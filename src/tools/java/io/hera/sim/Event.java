package io.hera.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One event of a {@link Plan}, written as one line.
 *
 * <pre>
 * put NODE KEY TTL        a client registers or renews with a new document; TTL 0 chooses none
 * renew NODE KEY          a client renews without a document
 * delete NODE KEY         a client deregisters
 * drain NODE SELECTOR MILLIS   an operator hides the instances selected for that time, 0 without an end (P18)
 * undrain NODE SELECTOR   an operator ends a drain
 * cut NODE NODE           the first node no longer reaches the second, in this direction
 * heal                    all links work
 * late NODE MILLIS        the machine reaches no other for that time, and none reaches it
 * crash NODE MILLIS       the process is killed, and starts again without memory after that time
 * save NODE               the node writes a snapshot, now and whenever it gets ready from then on
 * reboot NODE MILLIS      the process is killed, and starts again with its last whole snapshot after that time
 * shutdown NODE MILLIS    the process ends in order with a last snapshot, and starts again after that time
 * pause NODE MILLIS       the process is held up
 * suspend NODE MILLIS     the machine is suspended: the monotonic clock and all timers stand still
 * clock NODE MILLIS       the wall clock is stepped by a difference
 * drift NODE PPM          all clocks of the machine are too fast by millionths, or too slow
 * members NODE NAMES      NODE has these names in its configuration from now on, separated by commas
 * start NODE, stop NODE   the process of a node that joins is started; one is stopped, and not started again
 * meet NODE NODE          the address of the first node leads to the second one, of the other cluster
 * part                    all addresses lead to their nodes again
 * twin NODE KIND MILLIS   another process runs under the name of NODE for that time, of a {@link Twin.Kind}
 * bad NODE KIND MILLIS    the answers have a {@link Fault} for that time
 * forge NODE NAME MILLIS  a stranger asks NODE under that name, and claims to have all of NODE up to that time from now
 * corrupt NODE ORIGIN MILLIS   NODE falsely promises to have everything of ORIGIN up to that time from now
 * </pre>
 *
 * <p>The names of the nodes of the other cluster begin with {@code ~}.
 *
 * @param atMillis since the beginning
 * @param arguments the words after the verb
 */
record Event(long atMillis, String verb, List<String> arguments) {
  Event {
    arguments = List.copyOf(arguments);
  }

  static Event of(long atMillis, String verb, Object... arguments) {
    return new Event(
        atMillis, verb, List.of(arguments).stream().map(String::valueOf).toList());
  }

  /** Parses a line such as {@code 1.250 put a s/1 0}. */
  static Event parse(String line) {
    List<String> parts = List.of(line.strip().split("\\s+"));
    long millis = Math.round(Double.parseDouble(parts.get(0)) * 1_000);
    return new Event(millis, parts.get(1), parts.subList(2, parts.size()));
  }

  /** Whether a process ends and starts again. */
  boolean restarts() {
    return Set.of("crash", "reboot", "shutdown").contains(verb);
  }

  String node() {
    return arguments.get(0);
  }

  String argument(int index) {
    return arguments.get(index);
  }

  /** Returns the last argument as a number. */
  long millis() {
    return Long.parseLong(arguments.get(arguments.size() - 1));
  }

  /** Returns the last argument as a number, 0 if it is not one. */
  long millisOrNone() {
    String last = arguments.isEmpty() ? "" : arguments.get(arguments.size() - 1);
    return last.matches("-?\\d+") ? Long.parseLong(last) : 0;
  }

  /** Returns the same event without the first character of its node. */
  Event withoutPrefix() {
    List<String> others = new ArrayList<>(arguments);
    others.set(0, node().substring(1));
    return new Event(atMillis, verb, others);
  }

  String text() {
    return (time(atMillis) + " " + verb + " " + String.join(" ", arguments)).strip();
  }

  static String time(long millis) {
    return new Time(millis).toString();
  }

  /** A time of the world, which is made a text only in the message of a violation. */
  record Time(long millis) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%d.%03d", millis / 1_000, millis % 1_000);
    }
  }
}
