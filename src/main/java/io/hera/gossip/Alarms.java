package io.hera.gossip;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The alarms of a node, and the peers that wait for one of them. Plain single-threaded Java, owned by {@link Gossip}. */
final class Alarms {
  /** Window in which pulls from peers that have returned are gathered; it bounds how many pulls peers can cause. */
  private static final long RETURNED_MILLIS = 50;

  private final Set<String> returned = new LinkedHashSet<>();
  private int rounds;

  /** Returns the alarm of the next round, which replaces an earlier one. */
  Command.Alarm nextRound(long millis) {
    rounds++;
    return new Command.Alarm(Command.Alarm.Kind.ROUND, rounds, millis);
  }

  /** Returns whether no later alarm has replaced this one of a round. */
  boolean isCurrent(Command.Alarm round) {
    return round.number() == rounds;
  }

  /** Returns the alarm of the next look at the recovery. */
  static Command.Alarm recovery(long millis) {
    return new Command.Alarm(Command.Alarm.Kind.RECOVERY, 0, Math.max(1, millis));
  }

  /** Notes a peer that has returned; returns the alarm after which such peers are pulled, unless it is set. */
  List<Command.Alarm> returned(String peer) {
    boolean first = returned.isEmpty();
    returned.add(peer);
    return first
        ? List.of(new Command.Alarm(Command.Alarm.Kind.RETURNED, 0, RETURNED_MILLIS))
        : List.of();
  }

  /** Returns the peers that have returned, and forgets them. */
  List<String> takeReturned() {
    List<String> names = List.copyOf(returned);
    returned.clear();
    return names;
  }
}
