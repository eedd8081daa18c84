package io.hera.registry;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds out which entry decides about a drain, by another way than {@link DrainIndex}: the one of the last command of an operator, and
 * of its copies the last (P18). A copy may have a later version than a removal that was commanded after it.
 */
public final class LastCommands {
  private static final Pattern COMMAND = Pattern.compile("\"command\":([0-9]{1,18})");

  private static final Comparator<Slot> LAST = Comparator.<Slot>comparingLong(LastCommands::command)
      .thenComparing(slot -> slot.version)
      .thenComparing(slot -> slot.replica.origin);

  private LastCommands() {}

  /** Returns the slots that decide, one for each key of a drain, those of removals among them. */
  static Stream<Slot> of(Collection<Replica> replicas) {
    Map<String, Slot> last = new TreeMap<>();
    for (Replica replica : replicas) {
      for (Slot at = replica.oldest(); at != null; at = at.newer) {
        if (at.isDrain()) {
          last.merge(at.id, at, BinaryOperator.maxBy(LAST));
        }
      }
    }
    return last.values().stream();
  }

  private static long command(Slot slot) {
    return command(slot.version, slot.registered() ? slot.document : Slot.NO_DOCUMENT);
  }

  /** Returns when the command of an entry was given, on the scale of versions; a removal has no document. */
  public static long command(long version, byte[] document) {
    Matcher command = COMMAND.matcher(new String(document, StandardCharsets.UTF_8));
    return command.find() ? Math.min(version, Long.parseLong(command.group(1))) : version;
  }
}
