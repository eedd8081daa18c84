package io.hera.sim;

import java.util.List;
import java.util.Locale;

/**
 * One thing that happens to the cluster, one line of a {@link Plan}.
 *
 * <pre>
 * put NODE KEY TTL        a client registers or renews with a new document; TTL 0 chooses none
 * renew NODE KEY          the same without a document
 * delete NODE KEY
 * cut NODE NODE           the first does not reach the second any more, in this direction
 * heal                    all links are well
 * crash NODE MILLIS       the process is killed, and starts again so much later knowing nothing
 * pause NODE MILLIS       the process is held up
 * clock NODE MILLIS       somebody sets its wall clock, by a difference
 * bad NODE KIND MILLIS    its answers are {@link Fault} for so long
 * corrupt NODE ORIGIN MILLIS   NODE promises to have everything of ORIGIN up to so far from now, which is not true
 * </pre>
 *
 * @param atMillis since the beginning
 */
record Event(long atMillis, String verb, List<String> words) {
  Event {
    words = List.copyOf(words);
  }

  static Event of(long atMillis, String verb, Object... words) {
    return new Event(
        atMillis, verb, List.of(words).stream().map(String::valueOf).toList());
  }

  /** Reads {@code 1.250 put a s/1 0}. */
  static Event parse(String line) {
    List<String> parts = List.of(line.strip().split("\\s+"));
    long millis = Math.round(Double.parseDouble(parts.get(0)) * 1_000);
    return new Event(millis, parts.get(1), parts.subList(2, parts.size()));
  }

  String node() {
    return words.get(0);
  }

  String word(int index) {
    return words.get(index);
  }

  /** The last word, a number. */
  long millis() {
    return Long.parseLong(words.get(words.size() - 1));
  }

  String text() {
    return (time(atMillis) + " " + verb + " " + String.join(" ", words)).strip();
  }

  static String time(long millis) {
    return String.format(Locale.ROOT, "%d.%03d", millis / 1_000, millis % 1_000);
  }
}
