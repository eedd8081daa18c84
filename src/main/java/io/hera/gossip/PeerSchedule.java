package io.hera.gossip;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Decides which peers to ask in each round. Plain single-threaded Java, owned by {@link Gossip}; times are monotonic
 * milliseconds.
 *
 * <p>The peers are asked in shuffled order, each once per cycle. A peer that is being asked already or is backed off is passed
 * over, and the one after it has the turn. A peer that fails is backed off, longer each time, up to {@value
 * #BACK_OFF_MAX_MILLIS} ms; when that is over it is asked beside a healthy peer rather than instead of it. So any number of
 * dead peers costs the others nothing. A peer that asks this node is alive: it is backed off no longer and comes first.
 */
public final class PeerSchedule {
  static final long BACK_OFF_MIN_MILLIS = 1_000;
  static final long BACK_OFF_MAX_MILLIS = 30_000;

  private final RandomGenerator random;
  private final Map<String, Turn> turns = new HashMap<>();
  /** The peers that have not had a turn in this cycle yet, in order. */
  private final List<String> waiting = new ArrayList<>();

  /** Creates a schedule without peers; {@code random} shuffles and backs off. */
  public PeerSchedule(RandomGenerator random) {
    this.random = random;
  }

  /** Adds a peer, or replaces one of that name; it comes somewhere in the rest of the cycle. */
  public void add(String name) {
    remove(name);
    turns.put(name, new Turn());
    waiting.add(random.nextInt(waiting.size() + 1), name);
  }

  /** Removes a peer. */
  public void remove(String name) {
    turns.remove(name);
    waiting.remove(name);
  }

  /**
   * Begins a round: returns the peers to ask now. They count as being asked until {@link #succeeded} or {@link #failed}.
   *
   * @return at most one healthy peer, and before it any number of failing ones whose back-off is over; empty when every peer is
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

  /** Returns the time until the next round: the interval ± 10 %, so that nodes do not stay in step. */
  long nextRoundMillis(long intervalMillis) {
    long tenth = intervalMillis / 10;
    return Math.max(1, intervalMillis - tenth + random.nextLong(2 * tenth + 1));
  }

  /** Begins an exchange out of turn; returns false when the peer is being asked already, or is not in the schedule. */
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

  /** The exchange with the peer failed: the peer is backed off. */
  public void failed(String name, long nowMillis) {
    Turn turn = turns.get(name);
    if (turn != null) {
      turn.inFlight = false;
      turn.failing = true;
      turn.failures++;
      turn.notBefore = nowMillis + backOff(random, turn.failures);
    }
  }

  /** Ends the back-off of all peers. They stay failing until an exchange succeeds. */
  void forgive() {
    turns.values().forEach(Turn::forgive);
  }

  /**
   * The peer has asked this node: it is backed off no longer, and is the next to be asked unless it had its turn in this cycle.
   *
   * @return whether it was failing, and is to be asked at once. A healthy peer is not: two nodes would answer each request with
   *     a request forever
   */
  public boolean peerReturned(String name) {
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

  /** Returns whether the last exchange with the peer failed. */
  boolean isFailing(String name) {
    Turn turn = turns.get(name);
    return turn != null && turn.failing;
  }

  /** Moves peers from {@code waiting} to {@code asked} up to a healthy one; returns false when there was none. */
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

  /** Begins a cycle, with the peers that were passed over in the last one too. */
  private void refill() {
    waiting.clear();
    waiting.addAll(turns.keySet());
    Collections.sort(waiting);
    for (int last = waiting.size() - 1; last > 0; last--) {
      Collections.swap(waiting, last, random.nextInt(last + 1));
    }
  }

  private Turn turnOf(String name) {
    Turn turn = turns.get(name);
    if (turn == null) {
      throw new IllegalStateException("waiting without a turn: " + name);
    }
    return turn;
  }

  /** Returns a pause that doubles with each failure; its upper half is random, so that peers do not come back in step. */
  static long backOff(RandomGenerator random, int failures) {
    long doubled = BACK_OFF_MIN_MILLIS << Math.min(failures - 1, 5);
    long half = Math.min(BACK_OFF_MAX_MILLIS, doubled) / 2;
    return half + random.nextLong(half + 1);
  }

  /** The state of one peer: how its last exchange ended, and how often it has failed since it was last forgiven. */
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
