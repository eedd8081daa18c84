package io.hera.sim;

import io.hera.json.Malformed;
import io.hera.registry.Checksum;
import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.Inspection;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Outcome;
import io.hera.registry.Registry;
import io.hera.registry.RegistryLimits;
import io.hera.store.PeerIdentities;
import io.hera.wire.ContentHasher;
import io.hera.wire.DigestQuery;
import io.hera.wire.V1Codec;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A simulated node of this project: the real registry, lives, codecs and schedule, driven as the store, gossip and HTTP verticles
 * drive them. What it asks of its peers is {@link SimGossip}'s.
 */
final class SimNode extends Machine {
  final ContentHasher contents = new ContentHasher(Set.of("updated_at"));

  private static final long MAX_SKEW_MILLIS = 60_000;
  private static final long GATHER_MILLIS = 10;

  final World world;
  private final Plan.Cluster cluster;
  private final List<Parked> parked = new ArrayList<>();
  Registry registry;
  Inspection inspection;
  PeerIdentities lives;
  private SimGossip gossip;
  private long told;

  /** A question that waits for news. */
  private record Parked(
      Request request, Digest digest, Consumer<Response> reply, long untilMillis) {}

  SimNode(String name, World world) {
    super(name, world.timeline, world.plan.cluster().clockTickMillis());
    this.world = world;
    this.cluster = world.plan.cluster();
    this.registry = freshRegistry();
    this.inspection = new Inspection(registry);
    this.lives = new PeerIdentities(name, lifeName());
    this.gossip = new SimGossip(this);
  }

  private Registry freshRegistry() {
    RegistryLimits bounds = new RegistryLimits(
        cluster.livenessMillis(),
        1_000,
        cluster.ttlMaxMillis(),
        MAX_SKEW_MILLIS,
        100,
        cluster.instancesMax(),
        1 << 20,
        1_000);
    return new Registry(
        name,
        Set.copyOf(cluster.nodes()),
        bounds,
        clock,
        clock.monotonicNanos(),
        contents,
        change -> {});
  }

  @Override
  void boot() {
    registry = freshRegistry();
    inspection = new Inspection(registry);
    lives = new PeerIdentities(name, lifeName());
    gossip = new SimGossip(this);
    parked.clear();
    told = 0;
    world.observer.booted(this);
    purge();
    act(gossip::start);
  }

  String lifeName() {
    return name + "-" + life();
  }

  SimGossip gossip() {
    return gossip;
  }

  /** Something happens in this process; it is looked at when it is over. */
  void act(Runnable turn) {
    turn.run();
    if (registry.last() != told) {
      told = registry.last();
      later(GATHER_MILLIS, () -> act(this::askAgain));
    }
    world.observer.look(this);
  }

  private void purge() {
    later(Registry.PURGE_INTERVAL_MILLIS, this::purge);
    act(() -> {
      while (registry.purge(1_000)) {
        // There is more to do.
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

  // Peers that ask.

  @Override
  void receive(Request request, Consumer<Response> reply) {
    act(() -> {
      try {
        Digest digest = DigestQuery.decode(request.query(), 100);
        if (welcome(request)) {
          answer(new Parked(request, digest, reply, timeline.now() + request.waitMillis()));
          if (request.waitMillis() > 0) {
            later(request.waitMillis(), () -> act(this::askAgain));
          }
        } else {
          reply.accept(Response.REFUSED);
        }
      } catch (Malformed malformed) {
        reply.accept(Response.REFUSED);
      }
    });
  }

  /** P9. */
  private boolean welcome(Request request) {
    if (!request.v2()) {
      return true;
    }
    boolean known = lives.knows(request.from(), request.life());
    boolean refused = lives
        .conflict(
            new PeerIdentities.Introduction(request.from(), request.from(), request.life(), "sim"),
            timeline.now())
        .isPresent();
    if (!refused) {
      gossip.heard(request.from(), known);
    }
    return !refused;
  }

  private void answer(Parked question) {
    Dialect dialect = question.request.v2() ? Dialect.V2 : Dialect.V1;
    Delta delta = registry.delta(question.digest, dialect, cluster.pageBytes());
    world.observer.answers(this, delta, dialect);
    boolean waits = question.untilMillis > timeline.now() && delta.origins().isEmpty();
    if (waits && question.request.v2()) {
      parked.add(question);
    } else {
      question.reply.accept(encoded(question, dialect, delta));
    }
  }

  private Response encoded(Parked question, Dialect dialect, Delta delta) {
    if (dialect == Dialect.V1) {
      List<String> names = delta.origins().stream().map(OriginDelta::origin).toList();
      return new Response(false, false, V1Codec.encode(delta, names));
    }
    Map<String, Checksum> checksums =
        question.request.checksums() ? registry.checksums(question.digest) : Map.of();
    return new Response(
        false,
        true,
        V2Codec.encode(new V2Answer(
            name, lifeName(), clock.millis(), cluster.livenessMillis(), delta, checksums)));
  }

  private void askAgain() {
    List<Parked> waiting = List.copyOf(parked);
    parked.clear();
    waiting.forEach(this::answer);
  }
}
