package io.hera.gossip;

import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.store.PeerMet;
import io.hera.store.Receipt;
import io.hera.wire.Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The asking side of one node without I/O: each method takes an event and returns {@link Command}s. Plain single-threaded Java,
 * driven by {@link GossipVerticle}, and by the simulation. Times are monotonic milliseconds.
 *
 * <p>A starting node asks every peer for the node's own entries, and pulls from a peer for the first time when it has answered
 * ({@link Recovery}, P7); a peer that does not answer does not delay the others. Then each round pulls from the peer whose turn
 * it is ({@link PeerSchedule}, {@link PullSession}). After a pull has gone well, the fast path from that peer begins ({@link
 * HangingSession}).
 *
 * <p>Events of a peer that was removed are ignored.
 */
public final class Gossip {
  /** Window in which pulls from peers that have returned are gathered; it bounds how many pulls peers can cause. */
  private static final long RETURNED_MILLIS = 50;

  private static final long PROGRESS_MILLIS = 2_000;

  private final String self;
  private final RandomGenerator random;
  private final PeerSchedule schedule;
  private final Map<String, Sessions> peers = new TreeMap<>();
  private final Set<String> returned = new LinkedHashSet<>();
  private GossipSettings settings;
  private Recovery recovery = new Recovery(Set.of());
  private int rounds;
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
  }

  /** The sessions with one peer. */
  private static final class Sessions {
    final PeerState state;
    final HangingSession hanging;
    Optional<PullSession> pull = Optional.empty();

    Sessions(PeerState state, HangingSession hanging) {
      this.state = state;
      this.hanging = hanging;
    }

    Optional<? extends Session> on(Lane lane) {
      if (state.generation != lane.generation()) {
        return Optional.empty();
      }
      return lane.kind() == Lane.Kind.PULL ? pull : Optional.of(hanging);
    }
  }

  // The node.

  /** The node starts. */
  public List<Command> start() {
    List<Command> commands = new ArrayList<>();
    settings.peers().forEach((name, address) -> commands.add(add(name, address)));
    recovery = new Recovery(settings.peers().keySet());
    recovery.begin().ifPresent(commands::add);
    peers.values().forEach(peer -> commands.addAll(recover(peer)));
    if (recovery.pending().isPresent()) {
      commands.add(alarm(Command.Alarm.Kind.RECOVERY, settings.recoveryTimeoutMillis()));
      commands.add(alarm(Command.Alarm.Kind.PROGRESS, PROGRESS_MILLIS));
    }
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
        if (alarm.number() == rounds) {
          commands.add(nextRound());
          schedule.round(nowMillis).forEach(name -> commands.addAll(pull(name)));
        }
      }
      case RETURNED -> {
        List<String> names = List.copyOf(returned);
        returned.clear();
        names.forEach(name -> commands.addAll(pullOutOfTurn(name)));
      }
      case PROGRESS -> recovery.pending().map(Command.Recovering::new).ifPresent(commands::add);
      case RECOVERY -> recovery.timedOut().ifPresent(commands::add);
    }
    return commands;
  }

  /** A peer has sent a request. It is pulled soon if it had failed, and its fast path goes on if it is back. */
  public List<Command> peerMet(PeerMet met) {
    Sessions peer = peers.get(met.name());
    boolean back = met.life() == PeerMet.Life.NEW || schedule.isFailing(met.name());
    if (peer == null || !back) {
      return List.of();
    }
    List<Command> commands = new ArrayList<>();
    commands.addAll(peer.hanging.peerReturned());
    if (schedule.peerReturned(met.name())) {
      if (returned.isEmpty()) {
        commands.add(alarm(Command.Alarm.Kind.RETURNED, RETURNED_MILLIS));
      }
      returned.add(met.name());
    }
    return commands;
  }

  /** The settings have changed. Peers that are new, or have moved, are pulled at once. */
  public List<Command> configure(GossipSettings changed) {
    List<Command> commands = new ArrayList<>();
    settings = changed;
    for (Sessions peer : List.copyOf(peers.values())) {
      peer.hanging.configure(changed);
      if (!peer.state.address.equals(changed.peers().get(peer.state.name))) {
        commands.addAll(remove(peer.state.name));
      }
    }
    changed.peers().forEach((name, address) -> {
      if (!peers.containsKey(name)) {
        commands.add(add(name, address));
        commands.addAll(pullOutOfTurn(name));
      }
    });
    commands.add(nextRound());
    return commands;
  }

  /** Returns the dialect of the peer's last answer to a pull; empty before the first. */
  public Optional<Dialect> dialect(String name) {
    return Optional.ofNullable(peers.get(name)).flatMap(peer -> peer.state.dialect());
  }

  /** Returns whether a request of this node waits at the peer for its next write. */
  public boolean hangs(String name) {
    Sessions peer = peers.get(name);
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
    return step(lane, nowMillis, session -> session.received(receipt, nowMillis));
  }

  /** What was to be done on a lane has failed. */
  public List<Command> failed(Lane lane, String reason, long nowMillis) {
    return step(lane, nowMillis, session -> session.failed(reason));
  }

  private List<Command> step(Lane lane, long nowMillis, Function<Session, List<Command>> event) {
    Sessions peer = peers.get(lane.peer());
    Optional<? extends Session> session = peer == null ? Optional.empty() : peer.on(lane);
    if (peer == null || session.isEmpty()) {
      return List.of();
    }
    List<Command> next = event.apply(session.get());
    return lane.kind() == Lane.Kind.PULL ? pulled(peer, next, nowMillis) : next;
  }

  /** Goes on after a step of a pull, which may have been its last. */
  private List<Command> pulled(Sessions peer, List<Command> next, long nowMillis) {
    Command last = next.get(next.size() - 1);
    boolean recovers = peer.pull.isPresent() && peer.pull.get().recovers();
    List<Command> commands = new ArrayList<>(next);
    if (last instanceof Command.Failed) {
      peer.pull = Optional.empty();
      schedule.failed(peer.state.name, nowMillis);
      if (recovers) {
        recovery.failed(peer.state.name).ifPresent(commands::add);
      }
    } else if (last instanceof Command.Succeeded) {
      peer.pull = Optional.empty();
      commands.addAll(recovers ? recovered(peer) : succeeded(peer));
    }
    return commands;
  }

  private List<Command> recovered(Sessions peer) {
    schedule.succeeded(peer.state.name);
    List<Command> commands = new ArrayList<>();
    recovery.answered(peer.state.name).ifPresent(commands::add);
    commands.addAll(pullOutOfTurn(peer.state.name));
    return commands;
  }

  private List<Command> succeeded(Sessions peer) {
    List<Command> commands = new ArrayList<>();
    if (schedule.isFailing(peer.state.name)) {
      commands.addAll(peer.hanging.peerReturned());
    }
    schedule.succeeded(peer.state.name);
    commands.addAll(peer.hanging.begin());
    return commands;
  }

  private List<Command> recover(Sessions peer) {
    schedule.begin(peer.state.name);
    PullSession session = PullSession.recovery(peer.state, self, settings.recoveryDeadlineMillis());
    peer.pull = Optional.of(session);
    return session.begin();
  }

  /** Pulls from a peer, unless it is being asked already. */
  private List<Command> pullOutOfTurn(String name) {
    return schedule.begin(name) ? pull(name) : List.of();
  }

  /** Begins the pull that has begun in the schedule. */
  private List<Command> pull(String name) {
    Sessions peer = peers.get(name);
    if (peer == null) {
      return List.of();
    }
    PullSession session = PullSession.of(peer.state, settings.deadlineMillis());
    peer.pull = Optional.of(session);
    return session.begin();
  }

  private Command add(String name, Address address) {
    SelfCheck check = new SelfCheck(settings.selfCheckMillis());
    PeerState state = new PeerState(name, address, ++generations, check);
    peers.put(name, new Sessions(state, new HangingSession(state, settings, random)));
    schedule.add(name);
    return new Command.Connect(name, state.generation, address);
  }

  private List<Command> remove(String name) {
    List<Command> commands = new ArrayList<>();
    peers.remove(name);
    schedule.remove(name);
    commands.add(new Command.Disconnect(name));
    recovery.failed(name).ifPresent(commands::add);
    return commands;
  }

  private Command nextRound() {
    long tenth = settings.intervalMillis() / 10;
    long jittered = settings.intervalMillis() - tenth + random.nextLong(2 * tenth + 1);
    return new Command.Alarm(Command.Alarm.Kind.ROUND, ++rounds, Math.max(1, jittered));
  }

  private static Command alarm(Command.Alarm.Kind kind, long millis) {
    return new Command.Alarm(kind, 0, Math.max(1, millis));
  }
}
