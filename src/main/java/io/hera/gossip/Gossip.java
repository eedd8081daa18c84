package io.hera.gossip;

import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.store.PeerMet;
import io.hera.store.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The asking side of one node without I/O: each method takes an event and returns {@link Command}s. Plain single-threaded Java,
 * driven by {@link GossipVerticle}, and by the simulation. Times are monotonic milliseconds.
 *
 * <p>A starting node asks every peer for the node's own entries, and then pulls from one peer after the other; it repeats what
 * fails until the node is ready ({@link Recovery}, P7). Besides, each round pulls from the peer whose turn it is ({@link
 * PeerSchedule}, {@link PullSession}). A peer that still owes the own entries is asked for them first, in whatever round it is
 * reached. After a pull has gone well, the fast path from that peer begins ({@link HangingSession}). Events of a peer that was
 * removed are ignored.
 */
public final class Gossip {
  private final String self;
  private final RandomGenerator random;
  private final PeerSchedule schedule;
  private final Map<String, PeerSessions> peers = new TreeMap<>();
  private final Alarms alarms = new Alarms();
  private final Recovery recovery;
  private GossipSettings settings;
  private int generations;

  /**
   * Creates the asking side of a node.
   *
   * @param self the node's name
   * @param random shuffles, jitters and backs off
   */
  public Gossip(String self, GossipSettings settings, RandomGenerator random) {
    this.self = self;
    this.settings = settings;
    this.random = random;
    this.schedule = new PeerSchedule(random);
    this.recovery = new Recovery(settings.recoveryTimeoutMillis());
  }

  /** The node starts. */
  public List<Command> start(long nowMillis) {
    List<Command> commands = new ArrayList<>();
    settings.peers().forEach((name, address) -> commands.add(add(name, address)));
    recovery.search(settings.search());
    recovery.start(nowMillis);
    commands.addAll(retry(nowMillis));
    commands.add(nextRound());
    return commands;
  }

  /** A timer is due. One that was replaced by another is ignored. */
  public List<Command> due(Command.Timer timer, long nowMillis) {
    if (timer instanceof Command.Alarm alarm) {
      return due(alarm, nowMillis);
    }
    Command.Wait wait = (Command.Wait) timer;
    return step(
        wait.lane(),
        nowMillis,
        session -> session instanceof HangingSession hanging
            ? hanging.waited(wait.number(), nowMillis)
            : List.of());
  }

  private List<Command> due(Command.Alarm alarm, long nowMillis) {
    List<Command> commands = new ArrayList<>();
    switch (alarm.kind()) {
      case ROUND -> {
        if (alarms.isCurrent(alarm)) {
          commands.add(nextRound());
          schedule.round(nowMillis).forEach(name -> commands.addAll(pull(name, nowMillis)));
        }
      }
      case RETURNED ->
        alarms.takeReturned().forEach(name -> commands.addAll(pullOutOfTurn(name, nowMillis)));
      case RECOVERY -> commands.addAll(recovery.ready() ? List.of() : retry(nowMillis));
    }
    return commands;
  }

  /**
   * A peer has sent a request. It is pulled soon if it had failed, or if the request claims a life that was not fetched from it
   * (P9). Its fast path goes on if it is back.
   */
  public List<Command> peerMet(PeerMet met) {
    PeerSessions peer = peers.get(met.name());
    boolean claims = met.life() == PeerMet.Life.NEW;
    met.owedAbove().ifPresent(above -> recovery.owe(met.name(), above));
    if (peer == null || !(claims || schedule.isFailing(met.name()))) {
      return List.of();
    }
    List<Command> commands = new ArrayList<>(peer.hanging.peerReturned());
    if (schedule.peerReturned(met.name()) || claims) {
      commands.addAll(alarms.returned(met.name()));
    }
    return commands;
  }

  /** A copy of this node may have run: peers are asked again for the own entries, while the node stays as ready as it is (P9). */
  public List<Command> askAgain(long nowMillis) {
    recovery.askAgain();
    return recovery.ready() ? retry(nowMillis) : List.of();
  }

  /** The settings have changed. Peers that are new, or have moved, are pulled at once. */
  public List<Command> configure(GossipSettings changed, long nowMillis) {
    List<Command> commands = new ArrayList<>();
    settings = changed;
    recovery.search(changed.search());
    for (PeerSessions peer : List.copyOf(peers.values())) {
      peer.hanging.configure(changed);
      if (!peer.state.address.equals(changed.peers().get(peer.state.name))) {
        commands.add(remove(peer.state.name));
      }
    }
    changed.peers().forEach((name, address) -> {
      if (!peers.containsKey(name)) {
        recovery.found(nowMillis);
        commands.add(add(name, address));
        commands.addAll(pullOutOfTurn(name, nowMillis));
      }
    });
    commands.addAll(proceed(nowMillis));
    commands.add(nextRound());
    return commands;
  }

  /** Returns the dialect of the peer's last answer to a pull; empty before the first. */
  public Optional<Dialect> dialect(String name) {
    return Optional.ofNullable(peers.get(name)).flatMap(peer -> peer.state.dialect());
  }

  /** Returns whether the peer has yet to return the own entries (P7). */
  public boolean owes(String name) {
    return recovery.owes(name);
  }

  /** Returns whether a request of this node waits at the peer for its next write. */
  public boolean hangs(String name) {
    PeerSessions peer = peers.get(name);
    return peer != null && peer.hanging.hangs();
  }

  // Exchanges.

  /** The store has said what to ask for. */
  public List<Command> digest(Lane lane, Digest digest, long nowMillis) {
    return step(lane, nowMillis, session -> session.digest(digest, nowMillis));
  }

  /** The peer has answered. */
  public List<Command> answered(Lane lane, Answer answer, long nowMillis) {
    return step(lane, nowMillis, session -> session.answered(answer));
  }

  /** The store has received the peer's answer. */
  public List<Command> received(Lane lane, Receipt receipt, long nowMillis) {
    PeerSessions peer = peers.get(lane.peer());
    boolean on = peer != null && peer.on(lane).isPresent();
    boolean pulls = on && lane.kind() == Lane.Kind.PULL;
    if (pulls && receipt instanceof Receipt.Taken taken && taken.future() == 0) {
      recovery.page(lane.peer(), nowMillis);
    }
    return step(lane, nowMillis, session -> session.received(receipt, nowMillis));
  }

  /** The last step of a lane has failed. */
  public List<Command> failed(Lane lane, Failure failure, long nowMillis) {
    return step(lane, nowMillis, session -> session.failed(failure));
  }

  private List<Command> step(Lane lane, long nowMillis, Function<Session, List<Command>> event) {
    PeerSessions peer = peers.get(lane.peer());
    Optional<? extends Session> session = peer == null ? Optional.empty() : peer.on(lane);
    if (peer == null || session.isEmpty()) {
      return List.of();
    }
    List<Command> next = event.apply(session.get());
    return lane.kind() == Lane.Kind.PULL ? pulled(peer, next, nowMillis) : next;
  }

  /** Goes on after a step of a pull, which may have been its last. */
  private List<Command> pulled(PeerSessions peer, List<Command> next, long nowMillis) {
    Command last = next.get(next.size() - 1);
    Optional<PullSession> recovering = peer.pull.filter(PullSession::recovers);
    List<Command> commands = new ArrayList<>(next);
    if (last instanceof Command.Failed failed) {
      peer.pull = Optional.empty();
      schedule.failed(peer.state.name, nowMillis);
      recovery.failed(peer.state.name, failed.failure().kind());
      commands.addAll(proceed(nowMillis));
    } else if (last instanceof Command.Succeeded) {
      peer.pull = Optional.empty();
      commands.addAll(
          recovering.isPresent() ? recovered(peer, recovering.get(), nowMillis) : succeeded(peer));
      commands.addAll(proceed(nowMillis));
    }
    return commands;
  }

  private List<Command> recovered(PeerSessions peer, PullSession session, long nowMillis) {
    String name = peer.state.name;
    schedule.succeeded(name);
    recovery.paid(name, session.future());
    return recovery.ready() ? pullOutOfTurn(name, nowMillis) : List.of();
  }

  private List<Command> succeeded(PeerSessions peer) {
    List<Command> commands = new ArrayList<>();
    if (schedule.isFailing(peer.state.name)) {
      commands.addAll(peer.hanging.peerReturned());
    }
    schedule.succeeded(peer.state.name);
    recovery.pulled(peer.state.name);
    commands.addAll(peer.hanging.begin());
    return commands;
  }

  // The start of the node (P7).

  /** Asks each peer again that has failed, and looks whether the time is over. */
  private List<Command> retry(long nowMillis) {
    List<Command> commands = new ArrayList<>();
    recovery.retry();
    for (String name : peers.keySet()) {
      if (recovery.owes(name)) {
        commands.addAll(pullOutOfTurn(name, nowMillis));
      }
    }
    commands.addAll(proceed(nowMillis));
    if (!recovery.ready()) {
      commands.add(Alarms.recovery(recovery.retryMillis()));
    }
    return commands;
  }

  /** Proceeds towards readiness after an event. */
  private List<Command> proceed(long nowMillis) {
    if (recovery.ready()) {
      return List.of();
    }
    recovery.look(nowMillis);
    List<Command> commands = new ArrayList<>(recovery.notices(nowMillis));
    if (recovery.ready()) {
      schedule.forgive();
    } else {
      recovery.next(nowMillis).ifPresent(name -> commands.addAll(pullOutOfTurn(name, nowMillis)));
    }
    return commands;
  }

  /** Pulls from a peer, unless it is being asked already. */
  private List<Command> pullOutOfTurn(String name, long nowMillis) {
    return schedule.begin(name) ? pull(name, nowMillis) : List.of();
  }

  /** Begins the pull that has begun in the schedule. */
  private List<Command> pull(String name, long nowMillis) {
    PeerSessions peer = Objects.requireNonNull(peers.get(name));
    PullSession session = recovery.asksForOwn(name)
        ? PullSession.recovery(
            peer.state,
            Digest.of(self, recovery.owedAbove(name)),
            recovery.deadlineMillis(settings.deadlineMillis()))
        : PullSession.of(peer.state, settings.deadlineMillis());
    peer.pull = Optional.of(session);
    recovery.begins(name, nowMillis);
    return session.begin();
  }

  private Command add(String name, PeerAddress address) {
    PeerState state =
        new PeerState(name, address, ++generations, new SelfCheck(settings.selfCheckMillis()));
    peers.put(name, new PeerSessions(state, new HangingSession(state, settings, random)));
    schedule.add(name);
    recovery.add(name);
    return new Command.Connect(name, state.generation, address);
  }

  private Command remove(String name) {
    peers.remove(name);
    schedule.remove(name);
    recovery.remove(name);
    return new Command.Disconnect(name);
  }

  private Command nextRound() {
    return alarms.nextRound(schedule.nextRoundMillis(settings.intervalMillis()));
  }
}
