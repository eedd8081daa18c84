package io.hera.store;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The exchanges with peers since a listener last asked.
 *
 * @param millis for how long; 0 if the listener has just begun to ask
 * @param heard peer → what it has answered
 * @param told peer → what it has asked, and got
 */
public record Beat(long millis, Map<String, Heard> heard, Map<String, Told> told) {
  public Beat {
    heard = Collections.unmodifiableMap(new TreeMap<>(heard));
    told = Collections.unmodifiableMap(new TreeMap<>(told));
  }

  /**
   * The answers of a peer.
   *
   * @param entries origin → entries in them
   * @param applied of these, the new ones
   * @param stale of these, those that were here already
   * @param refused of these, those that were not taken
   * @param lagMillis from a write at its origin until it was here
   */
  public record Heard(
      int exchanges,
      Map<String, Integer> entries,
      int applied,
      int stale,
      int refused,
      Spread lagMillis) {
    /** Nothing. */
    public static final Heard NOTHING = new Heard(0, Map.of(), 0, 0, 0, new Spread(0, 0, 0));

    public Heard {
      entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }
  }

  /**
   * The questions of a peer.
   *
   * @param entries origin → entries that it has got: of this node, those that its digest covers now
   * @param behindMillis origin → how far its last digest was behind this node
   * @param heardAfterMillis from a write at this node until a digest of the peer covered it
   */
  public record Told(
      int questions,
      Map<String, Integer> entries,
      Map<String, Long> behindMillis,
      Spread heardAfterMillis) {
    public Told {
      entries = Collections.unmodifiableMap(new TreeMap<>(entries));
      behindMillis = Collections.unmodifiableMap(new TreeMap<>(behindMillis));
    }
  }

  /**
   * Some durations.
   *
   * @param count how many there are
   * @param median 0 if there is none
   * @param max 0 if there is none
   */
  public record Spread(int count, long median, long max) {
    /** Returns the spread of these durations. */
    static Spread of(List<Long> millis) {
      List<Long> ordered = millis.stream().sorted().toList();
      int count = ordered.size();
      return count == 0
          ? new Spread(0, 0, 0)
          : new Spread(count, ordered.get((count - 1) / 2), ordered.get(count - 1));
    }
  }
}
