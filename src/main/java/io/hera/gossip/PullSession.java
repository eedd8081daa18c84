package io.hera.gossip;

import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.Divergence;
import io.hera.registry.OriginDelta;
import io.hera.store.Receipt;
import io.hera.store.Reception;
import io.hera.wire.DeltasTarget;
import io.hera.wire.GossipLimits;
import io.hera.wire.V1Codec;
import io.hera.wire.V2Answer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One pull from one peer, page after page, without I/O: events in, the next commands out. Plain single-threaded Java, owned by
 * {@link Gossip}; used once. Times are monotonic milliseconds.
 *
 * <p>A pull of all origins reads a digest, asks for the entries above it, has the answer received, and asks again above the new
 * digest as long as the peer has more. Its last answer ends the pull; with it, about once a minute, the two nodes compare
 * checksums ({@link SelfCheck}). An origin that differs twice is then asked for again from 0, or all of them if the views
 * differ and none of them explains it; and so are the own entries in a recovery (P7).
 *
 * <p>Pages received before a failure stay: every page keeps the promise of the horizons by itself (P5).
 */
final class PullSession implements Session {
  private final PeerState peer;
  private final Lane lane;
  private final long deadlineMillis;
  private final Deque<Divergence> repairs = new ArrayDeque<>();
  private Scope scope = Scope.ALL_ORIGINS;
  private Digest digest = new Digest(Map.of());
  private boolean recovers;
  private int future;
  private boolean checks;
  private int pages;
  private Delta received = new Delta(List.of());

  private PullSession(PeerState peer, long deadlineMillis) {
    this.peer = peer;
    this.lane = peer.lane(Lane.Kind.PULL);
    this.deadlineMillis = deadlineMillis;
  }

  /** The origins of the next request. */
  private enum Scope {
    /** Everything above the horizons of this node. */
    ALL_ORIGINS,
    /** Everything of the origins of the digest, whatever is held of them. */
    GIVEN_ORIGINS
  }

  /** Creates a pull of everything above the horizons of this node. */
  static PullSession of(PeerState peer, long deadlineMillis) {
    return new PullSession(peer, deadlineMillis);
  }

  /** Creates a pull of everything that this node, {@code self}, has written in earlier lives (P7). */
  static PullSession recovery(PeerState peer, Digest own, long deadlineMillis) {
    PullSession session = new PullSession(peer, deadlineMillis);
    session.recovers = true;
    session.scope = Scope.GIVEN_ORIGINS;
    session.digest = own;
    return session;
  }

  /** Returns whether it is part of the recovery. */
  boolean recovers() {
    return recovers;
  }

  /** Returns how many entries were refused because they are too far in the future (P3). */
  int future() {
    return future;
  }

  List<Command> begin() {
    return scope == Scope.ALL_ORIGINS
        ? List.of(new Command.BeginPull(lane))
        : List.of(ask(DeltasTarget.of(digest)));
  }

  @Override
  public List<Command> digest(Digest read, long nowMillis) {
    return List.of(askAll(read, nowMillis));
  }

  @Override
  public List<Command> answered(Answer answer) {
    peer.answeredIn(answer instanceof Answer.V1 ? Dialect.V1 : Dialect.V2);
    received = answer.delta();
    Reception page = peer.reception(lane.kind(), digest, answer);
    boolean last = scope == Scope.ALL_ORIGINS && !received.more();
    return List.of(new Command.Receive(lane, last ? ending(page, answer) : page));
  }

  @Override
  public List<Command> received(Receipt receipt, long nowMillis) {
    if (receipt instanceof Receipt.Refused refused) {
      return failed(Failure.of(refused.reason()));
    }
    Receipt.Taken taken = (Receipt.Taken) receipt;
    future += taken.future();
    Digest next = scope == Scope.ALL_ORIGINS ? taken.next() : reached();
    if (received.more()) {
      boolean further = !next.equals(digest) && pages < GossipLimits.PAGES_MAX;
      return further ? nextPage(next, nowMillis) : ended();
    }
    if (scope == Scope.ALL_ORIGINS && checks) {
      repairs.addAll(peer.check.compared(taken.comparison(), nowMillis));
    }
    return namesMore(next) ? nextPage(next, nowMillis) : ended();
  }

  /** Returns whether the peer has named origins that it holds, and that were not asked for (P16). */
  private boolean namesMore(Digest next) {
    return scope == Scope.ALL_ORIGINS
        && pages < GossipLimits.PAGES_MAX
        && !digest.horizons().keySet().containsAll(next.horizons().keySet());
  }

  @Override
  public List<Command> failed(Failure failure) {
    return List.of(new Command.Failed(lane, failure));
  }

  private List<Command> nextPage(Digest next, long nowMillis) {
    if (scope == Scope.ALL_ORIGINS) {
      return List.of(askAll(next, nowMillis));
    }
    digest = next;
    return List.of(ask(DeltasTarget.of(next)));
  }

  /** Ends the pull, or goes on with the next repair. */
  private List<Command> ended() {
    Divergence found = repairs.poll();
    if (found == null) {
      return List.of(new Command.Succeeded(lane));
    }
    scope = Scope.GIVEN_ORIGINS;
    digest = found instanceof Divergence.OfOrigin one ? Digest.of(one.origin(), 0) : fromZero();
    pages = 0;
    return List.of(new Command.Diverged(lane, found), ask(DeltasTarget.of(digest)));
  }

  private Digest fromZero() {
    Map<String, Long> origins = new TreeMap<>(digest.horizons());
    origins.replaceAll((origin, reached) -> 0L);
    return new Digest(origins);
  }

  private Command askAll(Digest above, long nowMillis) {
    digest = above;
    checks = peer.check.due(nowMillis);
    DeltasTarget target =
        DeltasTarget.of(peer.speaks(Dialect.V1) ? V1Codec.overlapping(above) : above);
    return ask(checks ? target.checked() : target);
  }

  private Command ask(DeltasTarget target) {
    pages++;
    return new Command.Ask(lane, target, deadlineMillis);
  }

  /** A node of 2012 sends nothing to compare with. */
  private Reception ending(Reception page, Answer answer) {
    Optional<V2Answer> theirs =
        answer instanceof Answer.V2 v2 && checks ? Optional.of(v2.content()) : Optional.empty();
    return new Reception(
        page.peer(),
        page.introduction(),
        page.asked(),
        page.delta(),
        Reception.Place.ENDS_PULL,
        checks ? theirs.map(V2Answer::checksums).or(() -> Optional.of(Map.of())) : Optional.empty(),
        theirs.flatMap(V2Answer::view),
        page.wallMillis());
  }

  /** Returns where the next page of the given origins begins: at {@link #digest} itself if the answer went no further. */
  private Digest reached() {
    Map<String, Long> reached = new TreeMap<>(digest.horizons());
    for (OriginDelta part : received.origins()) {
      reached.computeIfPresent(part.origin(), (origin, seen) -> Math.max(seen, part.to()));
    }
    return new Digest(reached);
  }
}
