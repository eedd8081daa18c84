package io.hera.gossip;

import io.hera.gossip.GossipSettings.Search;
import io.hera.gossip.RecoveryPeer.Pull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a node needs from its peers before it is ready (P7). Plain single-threaded Java, owned by {@link Gossip}. Times are
 * monotonic milliseconds.
 *
 * <p>Each peer owes one whole answer for the own origin at 0, for as long as this life lasts, and one more after each
 * claim to have seen a later own version (P8). The node has <i>recovered</i> when
 * each peer has paid or refuses connections. It is <i>synchronised</i> when a whole pull of all origins from each peer that has
 * paid has ended. Either wait ends when {@code recovery-timeout} has passed without a new page, and both after {@value
 * #TOTAL_MILLIS} ms. Where connections are refused, no process runs, which delays nothing; it owes its answer all the same.
 *
 * <p>Own pages come from all peers at once, because a silent peer must not delay the others. Pages of all origins, which repeat
 * each other, come from one peer after the other. When no page has come for {@value #STALL_MILLIS} ms, the next peer is pulled
 * beside the one that stalls.
 *
 * <p>Peers that are found by DNS are not all there at the start. As long as the search for them lasts, the node has not recovered, and each
 * peer that is found prolongs the waits like a page (P21). A node that finds none waits for {@code recovery-timeout}: DNS may know
 * of its peers too late.
 */
final class Recovery {
  private static final long RETRY_MILLIS = 250;
  private static final long TOTAL_MILLIS = 60_000;
  private static final long STALL_MILLIS = 1_000;
  private static final long SLOW_MILLIS = 2_000;

  private final long timeoutMillis;
  private final Map<String, RecoveryPeer> peers = new TreeMap<>();
  private State state = State.RECOVERING;
  private Search search = Search.NONE;
  private long startedMillis;
  private long ownPageMillis;
  private long pageMillis;
  private long pullMillis;
  private long lookedMillis;
  private boolean slow;

  Recovery(long timeoutMillis) {
    this.timeoutMillis = timeoutMillis;
  }

  private enum State {
    RECOVERING,
    RECOVERED,
    SYNCHRONISED
  }

  /** The search for peers has come so far. */
  void search(Search state) {
    search = state;
  }

  /** There is another peer, which has not been asked yet. */
  void found(long nowMillis) {
    if (search != Search.NONE) {
      ownPageMillis = nowMillis;
      pageMillis = nowMillis;
    }
  }

  /** The node starts. */
  void start(long nowMillis) {
    startedMillis = nowMillis;
    ownPageMillis = nowMillis;
    pageMillis = nowMillis;
    lookedMillis = nowMillis;
  }

  /**
   * Looks at the clock. Time in which this process was held up is not silence of its peers, whose answers it has not read: a
   * look that comes late prolongs the waits.
   */
  void look(long nowMillis) {
    long late = Math.max(0, nowMillis - lookedMillis - 2 * retryMillis());
    ownPageMillis = Math.min(nowMillis, ownPageMillis + late);
    pageMillis = Math.min(nowMillis, pageMillis + late);
    pullMillis = Math.min(nowMillis, pullMillis + late);
    lookedMillis = nowMillis;
  }

  /** Adds a peer, or replaces one that has moved: it owes. */
  void add(String peer) {
    peers.put(peer, new RecoveryPeer());
  }

  void remove(String peer) {
    peers.remove(peer);
  }

  /** Each peer owes again; the node stays as far as it is. */
  void askAgain() {
    peers.values().forEach(peer -> peer.owes = true);
  }

  /** Returns whether the peer has yet to answer for the own origin in this life. */
  boolean owes(String peer) {
    return peers.containsKey(peer) && peers.get(peer).owes;
  }

  /** Returns whether the next pull from the peer is one of the own entries. */
  boolean asksForOwn(String peer) {
    return find(peer).filter(RecoveryPeer::asksForOwn).isPresent();
  }

  /** The peer claims to have seen own versions above this one, which was the newest: it owes those entries (P8). */
  void owe(String peer, long above) {
    find(peer).ifPresent(known -> {
      known.above = known.owes ? Math.min(known.above, above) : above;
      known.owes = true;
    });
  }

  /** Returns the version above which the peer owes the own entries. */
  long owedAbove(String peer) {
    return find(peer).map(known -> known.above).orElse(0L);
  }

  /** Returns the time after which a peer that has failed is asked again. */
  long retryMillis() {
    return Math.min(RETRY_MILLIS, timeoutMillis);
  }

  /** Returns how long a peer may take for one own page: a starting node waits as long for a slow peer as for a silent one. */
  long deadlineMillis(long ordinaryMillis) {
    return ready() ? ordinaryMillis : Math.max(ordinaryMillis, timeoutMillis);
  }

  /** Returns whether the node waits for nothing any more. */
  boolean ready() {
    return state == State.SYNCHRONISED;
  }

  /** A page has come, of the own origin if the peer is to pay by it. */
  void page(String peer, long nowMillis) {
    pageMillis = nowMillis;
    if (asksForOwn(peer)) {
      ownPageMillis = nowMillis;
    }
    find(peer).ifPresent(known -> known.failed = Optional.empty());
  }

  /**
   * The peer has given everything that it holds of the own origin.
   *
   * @param future how many of these entries were refused, because they are too far in the future by the agreed time. That may
   *     be wrong as long as few peers have answered (P15), so the peer owes them still. Once the node is ready, the peer is
   *     asked for them and for all origins in turn
   */
  void paid(String peer, int future) {
    find(peer).ifPresent(known -> {
      if (future > 0) {
        known.rests = known.pull == Pull.LATER;
        known.othersFirst = true;
      } else {
        known.owes = false;
        known.pull = known.pull == Pull.LATER ? Pull.DUE : known.pull;
      }
    });
  }

  /** A whole pull of all origins has ended. */
  void pulled(String peer) {
    find(peer).ifPresent(known -> {
      known.pulling = false;
      known.othersFirst = false;
      known.pull = known.pull == Pull.DUE ? Pull.DONE : known.pull;
    });
  }

  /** An exchange with the peer has failed. */
  void failed(String peer, Failure.Kind kind) {
    find(peer).ifPresent(known -> {
      known.pulling = false;
      known.rests = true;
      known.failed = Optional.of(kind);
    });
  }

  /** An exchange with the peer begins: a pull of all origins, unless the peer owes. */
  void begins(String peer, long nowMillis) {
    find(peer).filter(known -> !known.asksForOwn()).ifPresent(known -> {
      known.pulling = true;
      pullMillis = nowMillis;
    });
  }

  /** Peers that have failed may be asked again. */
  void retry() {
    peers.values().forEach(peer -> {
      peer.rests = false;
      peer.othersFirst &= peer.pull != Pull.LATER;
    });
  }

  /** Returns the peer to be pulled next, unless a pull is under way that brings pages; one that failed last comes last. */
  Optional<String> next(long nowMillis) {
    boolean busy = peers.values().stream().anyMatch(peer -> peer.pulling);
    if (busy && nowMillis - Math.max(pageMillis, pullMillis) < STALL_MILLIS) {
      return Optional.empty();
    }
    return peers.entrySet().stream()
        .filter(peer -> peer.getValue().isNext())
        .min(Comparator.comparing(peer -> peer.getValue().failed.isPresent()))
        .map(Map.Entry::getKey);
  }

  /** Returns the stages that have ended by now, and a progress report if it takes long. */
  List<Command> notices(long nowMillis) {
    List<Command> notices = new ArrayList<>();
    if (state == State.RECOVERING) {
      recovered(nowMillis).ifPresent(how -> {
        state = State.RECOVERED;
        notices.add(new Command.Recovered(progress(), how));
      });
    }
    if (state == State.RECOVERED) {
      ended(peer -> peer.pull != Pull.DUE || peer.refuses(), pageMillis, nowMillis)
          .ifPresent(how -> {
            state = State.SYNCHRONISED;
            notices.add(new Command.Synchronised(how));
          });
    }
    if (!ready() && !slow && nowMillis - startedMillis >= SLOW_MILLIS) {
      slow = true;
      notices.add(new Command.Recovering(progress()));
    }
    return notices;
  }

  private Optional<String> recovered(long nowMillis) {
    return search == Search.BEGUN
        ? over(ownPageMillis, nowMillis)
        : ended(peer -> !peer.owes || peer.refuses(), ownPageMillis, nowMillis);
  }

  private Optional<String> ended(
      Predicate<RecoveryPeer> done, long lastPageMillis, long nowMillis) {
    return peers.values().stream().allMatch(done)
        ? Optional.of(progress().toString())
        : over(lastPageMillis, nowMillis);
  }

  private Optional<String> over(long lastPageMillis, long nowMillis) {
    boolean silent = nowMillis - lastPageMillis >= timeoutMillis;
    boolean over = nowMillis - startedMillis >= Math.max(TOTAL_MILLIS, timeoutMillis);
    return silent || over ? Optional.of(progress() + " in time") : Optional.empty();
  }

  /** Returns how far it is. */
  RecoveryProgress progress() {
    Collection<RecoveryPeer> all = peers.values();
    long answered = all.stream().filter(peer -> !peer.owes).count();
    long failed =
        all.stream().filter(peer -> peer.owes && peer.failed.isPresent()).count();
    return new RecoveryProgress(all.size(), (int) answered, (int) failed);
  }

  private Optional<RecoveryPeer> find(String peer) {
    return Optional.ofNullable(peers.get(peer));
  }
}
