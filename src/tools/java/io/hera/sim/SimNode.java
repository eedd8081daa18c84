package io.hera.sim;

import io.hera.gossip.serve.DeltaWriter;
import io.hera.gossip.serve.ParkedPulls;
import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Inspection;
import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.registry.Registry;
import io.hera.registry.RegistryLimits;
import io.hera.store.DeltaReply;
import io.hera.store.DeltaRequest;
import io.hera.store.DeltaResponse;
import io.hera.store.OwnHandshake;
import io.hera.store.PeerIdentities.Claim;
import io.hera.store.PeerMet;
import io.hera.store.PeerTurns;
import io.hera.store.StoreSettings;
import io.hera.wire.ContentHasher;
import io.hera.wire.DeltasTarget;
import io.hera.wire.GossipLimits;
import io.hera.wire.Handshake;
import io.hera.wire.SharedSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A simulated node: the real registry, store, gossip, parked pulls and codecs. This class replaces
 * their surroundings: the event bus, on which every message takes a moment, the timers, and the
 * HTTP server.
 */
final class SimNode extends Machine {
  final ContentHasher contents = new ContentHasher(Set.of("updated_at"));

  private static final long TTL_MIN_MILLIS = 1_000;
  private static final long MAX_SKEW_MILLIS = 60_000;
  private static final int HOP_MILLIS_MAX = 1;

  final World world;
  private final Plan.Cluster cluster;
  private OwnHandshake handshake;
  private int livesDrawn;
  Registry registry;
  Inspection inspection;
  private PeerTurns store;
  private ParkedPulls<Client> parked;
  private SimGossip gossip;
  /**
   * The last delta for a parked pull, which the store may share among several within milliseconds.
   */
  private Delta shared = new Delta(List.of());

  /** A peer that waits for a reply. */
  private record Client(Dialect dialect, Consumer<Response> reply) {}

  SimNode(String name, World world) {
    super(name, world.timeline, world.plan.cluster().clockTickMillis());
    this.world = world;
    this.cluster = world.plan.cluster();
    this.handshake = freshHandshake();
    this.registry = freshRegistry();
    this.inspection = new Inspection(registry);
    this.store = freshStore();
    this.parked = new ParkedPulls<>(GossipLimits.PARKED_MAX);
    this.gossip = new SimGossip(this);
  }

  private RegistryLimits limits() {
    return new RegistryLimits(
        cluster.livenessMillis(),
        TTL_MIN_MILLIS,
        cluster.ttlMaxMillis(),
        MAX_SKEW_MILLIS,
        100,
        cluster.instancesMax(),
        1 << 20,
        1_000);
  }

  private Registry freshRegistry() {
    return new Registry(
        name,
        Set.copyOf(cluster.nodes()),
        limits(),
        clock,
        clock.monotonicNanos(),
        contents,
        change -> {});
  }

  private OwnHandshake freshHandshake() {
    SharedSettings settings = new SharedSettings(
        cluster.livenessMillis(),
        TTL_MIN_MILLIS,
        cluster.ttlMaxMillis(),
        MAX_SKEW_MILLIS,
        List.of("updated_at"),
        cluster.nodes());
    return new OwnHandshake(name, "", this::freshLife, clock.millis(), settings);
  }

  private PeerTurns freshStore() {
    return new PeerTurns(
        handshake,
        registry,
        new StoreSettings(Set.copyOf(cluster.nodes()), limits()),
        clock.monotonicNanos(),
        this::actLater,
        new Bus());
  }

  /** Delivers the notifications of the store. */
  private final class Bus implements PeerTurns.Listener {
    @Override
    public void wrote(long newest) {
      actLater(hopMillis(), () -> serve(parked.wrote()));
    }

    @Override
    public void met(PeerMet peer) {
      actLater(hopMillis(), () -> gossip.peerMet(peer));
    }

    @Override
    public void conflicts(String reason) {
      world.observer.conflicts();
    }

    @Override
    public void redrew() {
      actLater(hopMillis(), () -> gossip.askAgain());
    }

    @Override
    public void settingsDiffer(String peer) {
      world.observer.settingsDiffer(peer);
    }
  }

  @Override
  void boot() {
    handshake = freshHandshake();
    registry = freshRegistry();
    inspection = new Inspection(registry);
    store = freshStore();
    parked = new ParkedPulls<>(GossipLimits.PARKED_MAX);
    gossip = new SimGossip(this);
    world.observer.booted(this);
    purge();
    act(gossip::start);
  }

  private String freshLife() {
    return name + "-" + life() + "-" + ++livesDrawn;
  }

  /** Returns what this life says of itself. */
  Handshake handshake() {
    return handshake.handshake();
  }

  SimGossip gossip() {
    return gossip;
  }

  // Turns.

  /** Runs a turn of this process, and lets the observer look afterwards. */
  void act(Runnable turn) {
    turn.run();
    store.turned();
    world.observer.look(this);
  }

  /** Runs a turn after a time, unless the process was killed by then. */
  void actLater(long millis, Runnable turn) {
    later(millis, () -> act(turn));
  }

  /** Runs a turn of the store, and passes on its reply; both messages take a moment. */
  <A> void askStore(Function<PeerTurns, A> turn, Consumer<A> reply) {
    actLater(hopMillis(), () -> {
      A answer = turn.apply(store);
      actLater(hopMillis(), () -> reply.accept(answer));
    });
  }

  /** Runs a turn of the store, without a reply. */
  void sendToStore(Consumer<PeerTurns> turn) {
    actLater(hopMillis(), () -> turn.accept(store));
  }

  /** Ends the recovery, in a turn of the store. */
  void recovered(boolean byAllPeers) {
    store.recovered();
    world.observer.takesWrites(this);
    if (byAllPeers) {
      world.observer.recovered(this);
    }
  }

  /** Makes the node ready, in a turn of the store. */
  void synchronised() {
    store.synchronised();
    world.observer.synchronised(this);
  }

  private long hopMillis() {
    return world.random.nextInt(HOP_MILLIS_MAX + 1);
  }

  private void purge() {
    later(Registry.PURGE_INTERVAL_MILLIS, this::purge);
    act(() -> {
      while (registry.purge(1_000)) {
        // More slots are due.
      }
    });
  }

  // Clients.

  void put(String path, String document, long ttlMillis) {
    act(() -> {
      Key key = key(path);
      boolean known = world.observer.shows(this, key);
      byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
      Outcome outcome = registry.put(key, bytes, ttlMillis);
      world.observer.answered(this, key, known, outcome);
    });
  }

  void renew(String path) {
    act(() -> {
      Key key = key(path);
      boolean known = world.observer.shows(this, key);
      world.observer.answered(this, key, known, registry.renew(key, 0));
    });
  }

  void delete(String path) {
    act(() -> {
      Key key = key(path);
      if (registry.remove(key) == Outcome.DONE) {
        world.observer.deleted(this, key);
      }
    });
  }

  void corrupt(String origin, long horizon) {
    act(() -> inspection.corrupt(origin, horizon));
  }

  static Key key(String path) {
    int slash = path.indexOf('/');
    return new Key(path.substring(0, slash), path.substring(slash + 1));
  }

  /** Returns the text that {@link #key} reads. */
  static String path(Key key) {
    return key.service() + "/" + key.id();
  }

  // Peers that ask.

  @Override
  void receive(Request request, Consumer<Response> reply) {
    act(() -> {
      try {
        DeltaRequest asked = new DeltaRequest(
            Handshake.parse(request.handshake()).map(peer -> new Claim(peer, "sim")),
            DeltasTarget.decode(request.query()),
            request.accepts(),
            cluster.pageBytes());
        serve(parked.arrived(new Client(request.accepts(), reply), asked));
      } catch (Malformed malformed) {
        reply.accept(Response.REFUSED);
      }
    });
  }

  private void serve(List<ParkedPulls.Command<Client>> commands) {
    commands.forEach(this::serve);
  }

  private void serve(ParkedPulls.Command<Client> command) {
    ParkedPulls.Pull<Client> pull = command.pull();
    if (command instanceof ParkedPulls.Ask<Client> ask) {
      askStore(
          turns -> delta(turns, ask.request()),
          reply -> serve(parked.replied(pull, reply, ParkedPulls.Client.WAITS)));
    } else if (command instanceof ParkedPulls.Park<Client> park) {
      actLater(park.millis(), () -> serve(parked.giveUp(pull)));
    } else if (command instanceof ParkedPulls.Reply<Client> reply) {
      pull.client().reply().accept(response(pull.client().dialect(), reply.reply()));
    }
  }

  @SuppressWarnings("ReferenceEquality") // an equal delta that was made anew is to be checked too
  private DeltaReply delta(PeerTurns turns, DeltaRequest request) {
    DeltaReply reply = turns.delta(request);
    if (reply instanceof DeltaResponse response && response.delta() != shared) {
      world.observer.answers(this, response.delta(), request.dialect());
      boolean mayBeShared = request.waitMillis() > 0 && response.delta().size() > 0;
      shared = mayBeShared ? response.delta() : shared;
    }
    return reply;
  }

  private Response response(Dialect dialect, DeltaReply reply) {
    return reply instanceof DeltaResponse response
        ? new Response(dialect, new DeltaWriter(handshake, clock).write(response, dialect))
        : Response.REFUSED;
  }
}
