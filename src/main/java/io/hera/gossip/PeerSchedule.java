package io.hera.gossip;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Whom to ask next (PROTOCOL §7). Plain single-threaded Java, owned by {@link GossipVerticle}; times are monotonic
 * milliseconds.
 *
 * <p>The peers are asked in shuffled order, each once a cycle. Whoever is being asked already or is backed off is passed over,
 * and the one after it has the turn. A peer that fails is backed off, longer each time, up to {@value #BACK_OFF_MAX_MILLIS}
 * ms; when that is over it is asked beside a healthy peer rather than instead of it, so the dead cost the living nothing,
 * however many they are. A peer that asks us is alive: it is backed off no longer and comes first.
 */
public final class PeerSchedule {
  static final long BACK_OFF_MIN_MILLIS = 1_000;
  static final long BACK_OFF_MAX_MILLIS = 30_000;

  private final RandomGenerator chance;
  private final Map<String, Turn> turns = new HashMap<>();
  /** Who has not had a turn in this cycle yet, in order. */
  private final List<String> waiting = new ArrayList<>();

  /** A schedule without peers; {@code chance} shuffles and backs off. */
  public PeerSchedule(RandomGenerator chance) {
    this.chance = chance;
  }

  /** A new peer, or one that is to be known anew; it comes somewhere in what is left of the cycle. */
  public void add(String name) {
    remove(name);
    turns.put(name, new Turn());
    waiting.add(chance.nextInt(waiting.size() + 1), name);
  }

  /** The peer is not to be asked any more. */
  public void remove(String name) {
    turns.remove(name);
    waiting.remove(name);
  }

  /**
   * Begins a round: who is to be asked now. They count as being asked until {@link #succeeded} or {@link #failed}.
   *
   * @return at most one healthy peer, and before it any number of failing ones whose back-off is over; empty when everybody is
   *     being asked or backed off
   */
  public List<String> round(long nowMillis) {
    List<String> asked = new ArrayList<>();
    if (!take(asked, nowMillis)) {
      refill();
      take(asked, nowMillis);
    }
    return asked;
  }

  /** Begins an exchange out of turn; false when the peer is being asked already, or is none. */
  public boolean begin(String name) {
    Turn turn = turns.get(name);
    if (turn == null || turn.inFlight) {
      return false;
    }
    turn.inFlight = true;
    waiting.remove(name);
    return true;
  }

  /** The exchange with the peer went well. */
  public void succeeded(String name) {
    Turn turn = turns.get(name);
    if (turn != null) {
      turn.inFlight = false;
      turn.failing = false;
      turn.forgive();
    }
  }

  /** The exchange with the peer failed: it is left alone for a while. */
  public void failed(String name, long nowMillis) {
    Turn turn = turns.get(name);
    if (turn != null) {
      turn.inFlight = false;
      turn.failing = true;
      turn.failures++;
      turn.notBefore = nowMillis + backOff(chance, turn.failures);
    }
  }

  /**
   * The peer has asked us: it is backed off no longer, and is the next to be asked unless it had its turn in this cycle.
   *
   * @return whether it was failing, and is to be asked at once. A healthy one is not: two nodes would go on answering each
   *     question with a question
   */
  public boolean heard(String name) {
    Turn turn = turns.get(name);
    if (turn == null) {
      return false;
    }
    turn.forgive();
    if (waiting.remove(name) || turn.failing) {
      waiting.add(0, name);
    }
    return turn.failing && !turn.inFlight;
  }

  /** Moves peers from {@code waiting} to {@code asked} up to a healthy one; false when there was none. */
  private boolean take(List<String> asked, long nowMillis) {
    for (String name : List.copyOf(waiting)) {
      Turn turn = turnOf(name);
      if (turn.free(nowMillis) && begin(name)) {
        asked.add(name);
        if (!turn.failing) {
          return true;
        }
      }
    }
    return false;
  }

  /** A new cycle. Who was passed over in the last one is in the new one like everybody else. */
  private void refill() {
    waiting.clear();
    waiting.addAll(turns.keySet());
    Collections.sort(waiting);
    for (int last = waiting.size() - 1; last > 0; last--) {
      Collections.swap(waiting, last, chance.nextInt(last + 1));
    }
  }

  private Turn turnOf(String name) {
    Turn turn = turns.get(name);
    if (turn == null) {
      throw new IllegalStateException("waiting without a turn: " + name);
    }
    return turn;
  }

  /** Doubled with each failure; the upper half of it is drawn by lot, so that peers do not come back in step. */
  static long backOff(RandomGenerator chance, int failures) {
    long doubled = BACK_OFF_MIN_MILLIS << Math.min(failures - 1, 5);
    long half = Math.min(BACK_OFF_MAX_MILLIS, doubled) / 2;
    return half + chance.nextLong(half + 1);
  }

  /** How things stand with one peer: how the last exchange ended, and since when it fails unforgiven. */
  private static final class Turn {
    private boolean inFlight;
    private boolean failing;
    private int failures;
    private long notBefore = Long.MIN_VALUE;

    void forgive() {
      failures = 0;
      notBefore = Long.MIN_VALUE;
    }

    boolean free(long nowMillis) {
      return !inFlight && nowMillis >= notBefore;
    }
  }
}
