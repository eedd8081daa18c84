package io.hera.gossip;

import io.hera.wire.GossipLimits;
import io.vertx.core.Vertx;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fast path from one peer (PROTOCOL §7): a question for its own origin that it answers when it has news, and then the next
 * one. Owned by {@link GossipVerticle}; ends with its {@link Peer}.
 *
 * <p>It only makes things faster. Whatever goes wrong, it pauses, longer each time, and the ordinary pull carries on. An answer
 * that brings nothing and does not wait either is a failure too, so no peer can keep us asking without end; one that always
 * has news is asked every {@value #PACE_MILLIS} ms at most, except for the rest of what it cut.
 */
final class HangingPull {
  /** Nobody is obliged to wait to the millisecond. */
  private static final long WAITED_MILLIS_MIN = GossipLimits.WAIT_MILLIS / 2;

  private static final long PACE_MILLIS = 10;
  private static final long HEARD_MILLIS = 50;
  private static final Logger log = LoggerFactory.getLogger(HangingPull.class);

  private final Vertx vertx;
  private final Peer peer;
  private final Puller puller;
  private final Clocks clocks;
  private final RandomGenerator chance;

  private State state = State.OFF;
  private int failures;
  private long timer;

  HangingPull(Vertx vertx, Peer peer, Puller puller, Clocks clocks, RandomGenerator chance) {
    this.vertx = vertx;
    this.peer = peer;
    this.puller = puller;
    this.clocks = clocks;
    this.chance = chance;
  }

  /** What it does: nothing, ask, or wait for a pause to be over, which may be cut short once. */
  private enum State {
    OFF,
    ASKING,
    PAUSED,
    PAUSED_BRIEFLY
  }

  /** The ordinary pull has gone well. A pause goes on all the same. */
  void begin() {
    if (state == State.OFF && peer.speaksV2()) {
      ask();
    }
  }

  /** The peer is back: no need to wait for long. */
  void heard() {
    if (state == State.PAUSED) {
      vertx.cancelTimer(timer);
      state = State.PAUSED_BRIEFLY;
      askIn(HEARD_MILLIS);
    }
  }

  private void askIn(long millis) {
    timer = vertx.setTimer(millis, due -> ask());
  }

  private void ask() {
    if (peer.closed()) {
      return;
    }
    turn(State.ASKING);
    long startedMillis = clocks.monotonicMillis();
    puller
        .hang(peer)
        .onSuccess(brought -> answered(brought, clocks.monotonicMillis() - startedMillis))
        .onFailure(this::failed);
  }

  private void answered(Puller.Brought brought, long tookMillis) {
    if (brought == Puller.Brought.VERSION_1) {
      turn(State.OFF);
    } else if (brought == Puller.Brought.NOTHING && tookMillis < WAITED_MILLIS_MIN) {
      failed(new ExchangeFailed("answered after " + tookMillis + " ms without news"));
    } else {
      failures = 0;
      boolean early = brought != Puller.Brought.MORE_TO_COME && tookMillis < PACE_MILLIS;
      if (early) {
        askIn(PACE_MILLIS - tookMillis);
      } else {
        ask();
      }
    }
  }

  private void failed(Throwable cause) {
    if (peer.closed()) {
      return;
    }
    String reason = ExchangeFailed.of(cause).reason();
    log.debug("hanging pull failed peer={} reason={}", peer.name, reason);
    failures++;
    turn(State.PAUSED);
    askIn(PeerSchedule.backOff(chance, failures));
  }

  private void turn(State next) {
    state = next;
    if (peer.way(next == State.ASKING ? Peer.Way.HANGING : Peer.Way.PULL)) {
      puller.report(peer);
    }
  }
}
