package io.hera.sim;

import io.hera.gossip.serve.DeltaWriter;
import io.hera.registry.Change;
import io.hera.registry.Delta;
import io.hera.registry.Inspection;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Outcome;
import io.hera.registry.Registry;
import io.hera.registry.Selector;
import io.hera.registry.Silence;
import io.hera.registry.ViewListener;
import io.hera.store.BootTime;
import io.hera.store.HistoryRecorder;
import io.hera.store.OwnHandshake;
import io.hera.store.PeerMet;
import io.hera.store.PeerTurns;
import io.hera.store.Write;
import io.hera.store.Written;
import io.hera.store.history.Author;
import io.hera.wire.ContentHasher;
import io.hera.wire.Handshake;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A simulated node: the real registry, store, gossip, parked pulls and codecs. This class, with
 * {@link SimGossip} and {@link SimServer}, replaces their surroundings: the event bus, on which
 * every message takes a moment, the timers, and the HTTP server.
 */
final class SimNode extends Machine {
  private static final int HOP_MILLIS_MAX = 1;

  private static final Author CLIENT = new Author() {
    @Override
    public String address() {
      return "client";
    }

    @Override
    public String identity() {
      return "";
    }
  };

  /** Slots that one turn purges, drops or restamps: few, so that other turns come between. */
  private static final int SLICE = 5;

  final ContentHasher contents = new ContentHasher(Set.of("updated_at"));
  final World world;
  final NodeObserver observer;
  private final Plan.Cluster cluster;
  private NodeSettings settings;
  private OwnHandshake handshake;
  private final String label;
  private Optional<Handshake> copied = Optional.empty();
  private int livesDrawn;
  Registry registry;
  Inspection inspection;
  private final SimDisk disk = new SimDisk(this);
  private boolean ready;
  private BootTime bootTime;
  private PeerTurns store;
  private SimServer server;
  private SimGossip gossip;
  private HistoryRecorder history;
  private Optional<Write.By> acting = Optional.empty();
  private long turnMillis;

  SimNode(String name, World world, NodeObserver observer) {
    this(name, world, observer, "");
  }

  /** Creates a process whose lives begin with a label. */
  private SimNode(String name, World world, NodeObserver observer, String label) {
    super(name, world.timeline, world.plan.cluster().clockTickMillis());
    this.world = world;
    this.observer = observer;
    this.label = label;
    this.cluster = world.plan.cluster();
    this.settings = new NodeSettings(cluster, Set.copyOf(cluster.nodes()));
    this.bootTime = freshBootTime();
    this.handshake = freshHandshake();
    this.registry = freshRegistry();
    this.inspection = inspection();
    this.store = freshStore();
    this.history = freshHistory();
    this.server = freshServer();
    this.gossip = new SimGossip(this, settings, freshBootTime());
  }

  /** Creates another process with the name of a node, which is not observed. */
  static SimNode besides(SimNode original) {
    SimNode other = new SimNode(original.name, original.world, NodeObserver.NONE, "other-");
    other.settings = original.settings;
    return other;
  }

  /** Creates a process like {@link #besides}, which begins with the life of the node. */
  static SimNode copyOf(SimNode original) {
    SimNode copy = besides(original);
    copy.copied = Optional.of(original.handshake());
    return copy;
  }

  /** Takes over what another process knew, and is ready. */
  void remember(Delta memory) {
    act(() -> {
      Set<String> origins =
          memory.origins().stream().map(OriginDelta::origin).collect(Collectors.toSet());
      registry.merge(memory, origins, origins);
      store.recovered();
      store.synchronised();
    });
  }

  private BootTime freshBootTime() {
    return new BootTime(clock.monotonicNanos(), clock, clock::uptimeMillis);
  }

  private Registry freshRegistry() {
    return new Registry(
        name, settings.members(), settings.limits(), wall(), bootTime, contents, new Listener());
  }

  private HistoryRecorder freshHistory() {
    return new HistoryRecorder(
        registry, handshake, () -> acting, (millis, due) -> actLater(millis, due), events -> {});
  }

  /** Records the history of the node as its store does. */
  private final class Listener implements ViewListener {
    @Override
    public void changed(Change change) {
      if (change.contentChanged()) {
        history.changed(change);
      }
    }

    @Override
    public void moved(Change change) {
      history.changed(change);
    }

    @Override
    public void silence(Silence silence) {
      history.silence(silence);
    }
  }

  /** Returns the wall clock as the registry reads it: once in each turn. */
  private InstantSource wall() {
    return () -> {
      turnMillis = timeline.now();
      return clock.instant();
    };
  }

  private Inspection inspection() {
    Inspection inspection = new Inspection(registry);
    inspection.turnSlotsMax(SLICE);
    return inspection;
  }

  private OwnHandshake freshHandshake() {
    long since = copied.map(Handshake::sinceMillis).orElse(clock.millis());
    return new OwnHandshake(name, cluster.name(), this::freshLife, since, settings.shared());
  }

  private PeerTurns freshStore() {
    return new PeerTurns(
        handshake, registry, settings.store(), bootTime, this::actLater, new Bus());
  }

  private SimServer freshServer() {
    return new SimServer(this, new DeltaWriter(handshake, clock), cluster.pageBytes());
  }

  /** Delivers the notifications of the store. */
  private final class Bus implements PeerTurns.Listener {
    @Override
    public void wrote(Written written) {
      server.answers(written);
      actLater(hopMillis(), () -> server.wrote(written));
    }

    @Override
    public void met(PeerMet peer) {
      actLater(hopMillis(), () -> gossip.peerMet(peer));
    }

    @Override
    public void conflicts(String reason) {
      observer.conflicts(SimNode.this, reason);
    }

    @Override
    public void redrew() {
      actLater(hopMillis(), () -> gossip.askAgain());
    }

    @Override
    public void settingsDiffer(String peer) {
      observer.settingsDiffer(SimNode.this, peer);
    }
  }

  @Override
  void boot() {
    bootTime = freshBootTime();
    handshake = freshHandshake();
    registry = freshRegistry();
    inspection = inspection();
    store = freshStore();
    history = freshHistory();
    server = freshServer();
    gossip = new SimGossip(this, settings, freshBootTime());
    ready = false;
    observer.booted(this);
    disk.restore();
    purge();
    act(gossip::start);
  }

  /** Replaces the names of the nodes of the cluster, as this node knows them; it keeps them over restarts. */
  void configure(Set<String> members) {
    settings = new NodeSettings(cluster, members);
    actLater(0, () -> {
      handshake.configure(settings.shared());
      registry.configure(settings.members(), settings.limits());
      store.configure(settings.store());
      gossip.configure(settings);
    });
  }

  void configureIfChanged(Set<String> members) {
    if (!settings.members().equals(members)) {
      configure(members);
    }
  }

  /** Whether a node is in the configuration of this one. */
  boolean knows(String other) {
    return settings.members().contains(other);
  }

  private String freshLife() {
    String drawn = label + name + "-" + life() + "-" + ++livesDrawn;
    String life = copied.map(Handshake::life).orElse(drawn);
    copied = Optional.empty();
    return life;
  }

  /** Returns what this life says of itself. */
  Handshake handshake() {
    return handshake.handshake();
  }

  SimGossip gossip() {
    return gossip;
  }

  /** Returns the time of the world at which the registry had its last turn. */
  long turnMillis() {
    return turnMillis;
  }

  // Turns.

  /** Runs a turn of this process, and lets the observer look afterwards. */
  void act(Runnable turn) {
    turn.run();
    store.turned();
    observer.look(this);
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
    observer.takesWrites(this);
    if (byAllPeers) {
      observer.recovered(this);
    }
  }

  /** Makes the node ready, in a turn of the store. */
  void synchronised() {
    long newest = inspection.last();
    store.synchronised();
    if (inspection.last() > newest) {
      observer.lifted(this);
    }
    history.begin();
    observer.synchronised(this);
    ready = true;
    disk.ready();
  }

  /** Whether the node answers reads. */
  boolean isReady() {
    return ready;
  }

  /** Returns the history of this life. */
  HistoryRecorder history() {
    return history;
  }

  /** Returns what outlives the process. */
  SimDisk disk() {
    return disk;
  }

  private long hopMillis() {
    return world.random.nextInt(HOP_MILLIS_MAX + 1);
  }

  private void purge() {
    later(Registry.PURGE_INTERVAL_MILLIS, this::purge);
    purgeSlice();
  }

  /** Other turns come between two slices. */
  private void purgeSlice() {
    act(() -> {
      if (registry.purge(SLICE)) {
        later(1, this::purgeSlice);
      }
    });
  }

  // Clients.

  void put(String path, String document, long ttlMillis) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    write(new Write.Put(key(path), bytes, ttlMillis), key -> registry.put(key, bytes, ttlMillis));
  }

  void renew(String path) {
    write(new Write.Renew(key(path), 0), key -> registry.renew(key, 0));
  }

  private void write(Write by, Function<Key, Outcome> write) {
    act(() -> {
      boolean shown = shows(by.key());
      observer.answered(this, by.key(), shown, actBy(by, write));
    });
  }

  void delete(String path) {
    act(() -> {
      Write by = new Write.Remove(key(path));
      if (actBy(by, registry::remove) == Outcome.DONE) {
        observer.deleted(this, by.key());
      }
    });
  }

  private Outcome actBy(Write by, Function<Key, Outcome> write) {
    acting = Optional.of(new Write.By(CLIENT, by));
    Outcome outcome = write.apply(by.key());
    acting = Optional.empty();
    return outcome;
  }

  /** An operator drains the instances of a selector; {@code ttlMillis} 0 without an end. */
  void drain(Selector selector, long ttlMillis) {
    act(() -> {
      byte[] document =
          "{\"at\":\"%d\"}".formatted(timeline.now()).getBytes(StandardCharsets.UTF_8);
      if (registry.drains().put(selector, document, ttlMillis) == Outcome.DONE) {
        observer.drained(this, selector);
      }
    });
  }

  void undrain(Selector selector) {
    act(() -> {
      if (registry.drains().remove(selector) == Outcome.DONE) {
        observer.drained(this, selector);
      }
    });
  }

  void corrupt(String origin, long horizon) {
    act(() -> inspection.corrupt(origin, horizon));
  }

  private boolean shows(Key key) {
    Inspection.StoredEntry winner = inspection.winner(key);
    return winner != null && winner.registered();
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
    act(() -> server.receive(request, reply));
  }
}
