package io.hera.gossip;

import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.store.Receipt;
import io.hera.wire.DeltasTarget;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The fast path from one peer, without I/O: a request for the peer's own origin that the peer answers when it has a write, and
 * then the next one. Plain single-threaded Java, owned by {@link Gossip}. Times are monotonic milliseconds.
 *
 * <p>It only makes things faster. After a failure it pauses, longer each time, and the pulls carry on. An answer that brings
 * nothing although it came soon is a failure too, so a peer cannot keep this node asking without end. A peer that always has a
 * write is asked every {@value #PACE_MILLIS} ms at most, except for the rest of a page that it has cut.
 */
final class HangingSession implements Session {
  private static final long PACE_MILLIS = 10;
  private static final long RETURNED_MILLIS = 50;

  private final PeerState peer;
  private final Lane lane;
  private final RandomGenerator random;
  private GossipSettings settings;

  private State state = State.OFF;
  private int failures;
  private int waits;
  private long horizon;
  private long askedMillis;
  private Delta received = new Delta(List.of());

  HangingSession(PeerState peer, GossipSettings settings, RandomGenerator random) {
    this.peer = peer;
    this.lane = peer.lane(Lane.Kind.HANG);
    this.settings = settings;
    this.random = random;
  }

  private enum State {
    /** Until a pull in version 2 has gone well. */
    OFF,
    /** A request is under way, or about to be. */
    ASKING,
    /** The next request follows within {@value #PACE_MILLIS} ms. */
    PACED,
    /** After a failure. A peer that returns cuts the pause short. */
    PAUSED,
    /** The rest of a pause that was cut short. */
    PAUSED_BRIEFLY
  }

  void configure(GossipSettings changed) {
    settings = changed;
  }

  /** Returns whether the peer's writes come this way. */
  boolean hangs() {
    return state == State.ASKING || state == State.PACED;
  }

  /** A pull from the peer has gone well. A pause goes on all the same. */
  List<Command> begin() {
    return state == State.OFF && peer.speaks(Dialect.V2) ? readDigest() : List.of();
  }

  /** The peer, which had failed or was started anew, is back. */
  List<Command> peerReturned() {
    if (state != State.PAUSED) {
      return List.of();
    }
    state = State.PAUSED_BRIEFLY;
    return List.of(waiting(RETURNED_MILLIS));
  }

  @Override
  public List<Command> digest(Digest read, long nowMillis) {
    Long reached = read.horizons().get(peer.name);
    return reached == null ? removed() : ask(reached, nowMillis);
  }

  @Override
  public List<Command> answered(Answer answer) {
    // An answer in version 1 did not wait, and is left to the pulls.
    if (answer instanceof Answer.V1) {
      state = State.OFF;
      return List.of();
    }
    received = answer.delta();
    return List.of(new Command.Receive(
        lane, peer.reception(lane.kind(), Digest.of(peer.name, horizon), answer)));
  }

  @Override
  public List<Command> received(Receipt receipt, long nowMillis) {
    if (receipt instanceof Receipt.Refused refused) {
      return failed(Failure.of(refused.reason()));
    }
    Long reached = ((Receipt.Taken) receipt).next().horizons().get(peer.name);
    return reached == null ? removed() : reached(reached, nowMillis);
  }

  /** A wait is over. One that was replaced by another is ignored. */
  List<Command> waited(int number, long nowMillis) {
    if (number != waits) {
      return List.of();
    }
    return state == State.PACED ? ask(horizon, nowMillis) : readDigest();
  }

  @Override
  public List<Command> failed(Failure failure) {
    failures++;
    state = State.PAUSED;
    long pause = PeerSchedule.backOff(random, failures);
    return List.of(new Command.Failed(lane, failure), waiting(pause));
  }

  private List<Command> reached(long reached, long nowMillis) {
    long tookMillis = nowMillis - askedMillis;
    boolean moved = reached != horizon;
    if (!moved && tookMillis < settings.waitMillis() / 2) {
      return failed(Failure.of("answered after " + tookMillis + " ms without a change"));
    }
    failures = 0;
    boolean early = moved && !received.more() && tookMillis < PACE_MILLIS;
    return early ? pace(reached, PACE_MILLIS - tookMillis) : ask(reached, nowMillis);
  }

  private List<Command> pace(long reached, long millis) {
    horizon = reached;
    state = State.PACED;
    return List.of(waiting(millis));
  }

  private List<Command> removed() {
    return failed(Failure.of("is not a member any more"));
  }

  private List<Command> readDigest() {
    state = State.ASKING;
    return List.of(new Command.ReadDigest(lane));
  }

  private List<Command> ask(long above, long nowMillis) {
    state = State.ASKING;
    horizon = above;
    askedMillis = nowMillis;
    long wait = settings.waitMillis();
    DeltasTarget target = DeltasTarget.of(Digest.of(peer.name, above)).waiting(wait);
    return List.of(new Command.Ask(lane, target, wait + settings.deadlineMillis()));
  }

  private Command waiting(long millis) {
    return new Command.Wait(lane, ++waits, millis);
  }
}
