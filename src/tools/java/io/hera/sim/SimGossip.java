package io.hera.sim;

import io.hera.gossip.PeerSchedule;
import io.hera.gossip.SelfCheck;
import io.hera.json.Malformed;
import io.hera.registry.Checksum;
import io.hera.registry.Comparison;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.OriginDelta;
import io.hera.store.PeerIdentities;
import io.hera.wire.DigestQuery;
import io.hera.wire.V1Codec;
import io.hera.wire.V1Request;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What one life of a node asks of its peers: the recovery, the rounds, the pulls page by page, hanging pulls and the self-check,
 * step by step as the gossip verticle does it.
 */
final class SimGossip {
  private static final long RECOVERY_MILLIS = 5_000;
  private static final long SELF_CHECK_MILLIS = 10_000;
  private static final long PACE_MILLIS = 10;
  private static final long HANG_AGAIN_MILLIS = 2_000;
  private static final long HEARD_MILLIS = 50;

  private final SimNode node;
  private final Plan.Cluster cluster;
  private final PeerSchedule schedule;
  private final Map<String, Link> links = new TreeMap<>();
  private int recovering;
  private boolean unanswered;

  SimGossip(SimNode node) {
    this.node = node;
    this.cluster = node.world.plan.cluster();
    this.schedule = new PeerSchedule(node.world.chance);
    for (String peer : cluster.nodes()) {
      if (!peer.equals(node.name)) {
        links.put(peer, new Link(peer));
        schedule.add(peer);
      }
    }
  }

  /** What is known of talking to one peer. */
  static final class Link {
    final String peer;
    final SelfCheck check = new SelfCheck(SELF_CHECK_MILLIS);
    boolean v1;
    boolean hanging;
    boolean failing;
    long begunMillis;
    /** Since when nothing stands between the two, as the observer sees it; or never. */
    long wellSince = Long.MAX_VALUE;

    Link(String peer) {
      this.peer = peer;
    }
  }

  /** What an exchange brought. */
  private record Fetched(Delta delta, Map<String, Checksum> checksums, boolean v1, boolean cut) {}

  Map<String, Link> links() {
    return links;
  }

  /** P7: asks everybody for the own words, then begins. */
  void start() {
    recovering = links.size();
    for (Link link : links.values()) {
      schedule.begin(link.peer);
      long deadline = Math.max(deadlineMillis(), RECOVERY_MILLIS);
      everything(link, Digest.of(node.name, 0), deadline, recovered -> {
        ended(link, recovered);
        recovered(recovered);
        if (recovered) {
          pullNow(link);
        }
      });
    }
    node.later(RECOVERY_MILLIS, () -> node.act(node.registry::recovered));
    armRound();
  }

  private void recovered(boolean well) {
    unanswered |= !well;
    if (--recovering == 0 && node.registry.recovering()) {
      node.registry.recovered();
      if (!unanswered) {
        node.world.observer.recovered(node);
      }
    }
  }

  /** A peer has asked us; {@code known} if we knew this life of it. */
  void heard(String peer, boolean known) {
    Link link = links.get(peer);
    if (link != null && (!known || link.failing) && schedule.heard(peer)) {
      node.later(HEARD_MILLIS, () -> node.act(() -> pullNow(link)));
    }
  }

  private void armRound() {
    long tenth = cluster.intervalMillis() / 10;
    long jittered = cluster.intervalMillis() - tenth + node.world.chance.nextLong(2 * tenth + 1);
    node.later(
        jittered,
        () -> node.act(() -> {
          armRound();
          node.world.observer.round(node);
          schedule.round(node.timeline.now()).forEach(peer -> pull(links.get(peer)));
        }));
  }

  private void pullNow(Link link) {
    if (schedule.begin(link.peer)) {
      pull(link);
    }
  }

  private void pull(Link link) {
    link.begunMillis = node.timeline.now();
    page(link, node.registry.digest());
  }

  private void page(Link link, Digest digest) {
    Digest asked = link.v1 ? V1Codec.overlapping(digest) : digest;
    boolean checks = link.check.due(node.timeline.now());
    exchange(link, new Terms(asked, 0, checks, deadlineMillis()), fetched -> {
      if (fetched == null) {
        ended(link, false);
        return;
      }
      link.v1 = fetched.v1;
      Digest next = fetched.cut ? node.registry.nextDigest() : digest;
      if (!next.equals(digest)) {
        page(link, next);
      } else {
        pulled(link, fetched, checks);
      }
    });
  }

  private void pulled(Link link, Fetched fetched, boolean checks) {
    Deque<String> differing = new ArrayDeque<>();
    if (!fetched.cut) {
      node.registry.pulled();
      if (checks) {
        Comparison found = node.registry.compare(fetched.checksums);
        differing.addAll(link.check.compared(found, node.timeline.now()));
      }
    }
    repair(link, differing);
  }

  private void repair(Link link, Deque<String> differing) {
    String origin = differing.poll();
    if (origin == null) {
      ended(link, true);
      hang(link);
    } else {
      node.registry.diverged(origin);
      node.world.observer.repaired();
      everything(link, Digest.of(origin, 0), deadlineMillis(), done -> repair(link, differing));
    }
  }

  private void ended(Link link, boolean well) {
    link.failing = !well;
    if (well) {
      schedule.succeeded(link.peer);
    } else {
      schedule.failed(link.peer, node.timeline.now());
    }
  }

  private void everything(Link link, Digest digest, long deadline, Consumer<Boolean> done) {
    exchange(link, new Terms(digest, 0, false, deadline), fetched -> {
      Digest next = fetched == null ? digest : reached(fetched.delta, digest);
      if (fetched != null && fetched.cut && !next.equals(digest)) {
        everything(link, next, deadline, done);
      } else {
        done.accept(fetched != null);
      }
    });
  }

  private static Digest reached(Delta delta, Digest asked) {
    Map<String, Long> reached = new TreeMap<>(asked.horizons());
    for (OriginDelta part : delta.origins()) {
      reached.computeIfPresent(part.origin(), (origin, seen) -> Math.max(seen, part.to()));
    }
    return new Digest(reached);
  }

  /** The fast path. Whatever goes wrong, it is tried again a little later. */
  private void hang(Link link) {
    if (cluster.hanging() && !link.v1 && !link.hanging) {
      link.hanging = true;
      hangOn(link);
    }
  }

  private void hangOn(Link link) {
    long wait = 4 * cluster.intervalMillis();
    Digest digest = Digest.of(link.peer, node.registry.nextDigest().horizons().get(link.peer));
    exchange(link, new Terms(digest, wait, false, wait + deadlineMillis()), fetched -> {
      if (fetched != null && fetched.v1) {
        link.hanging = false;
      } else {
        boolean news = fetched != null && !fetched.delta.origins().isEmpty();
        node.later(news ? PACE_MILLIS : HANG_AGAIN_MILLIS, () -> node.act(() -> hangOn(link)));
      }
    });
  }

  private long deadlineMillis() {
    return cluster.intervalMillis() * 19 / 10;
  }

  // One exchange.

  private record Terms(Digest digest, long waitMillis, boolean checks, long deadlineMillis) {}

  /** Asks, and merges what comes; {@code ended} gets null when nothing good came in time. */
  private void exchange(Link link, Terms terms, Consumer<Fetched> ended) {
    List<Fetched> first = new ArrayList<>();
    boolean[] over = {false};
    Request request = new Request(
        node.name,
        node.lifeName(),
        DigestQuery.encode(terms.digest),
        terms.waitMillis,
        terms.checks);
    node.world.ask(
        node,
        link.peer,
        request,
        response -> node.act(() -> {
          if (!over[0] && node.gossip() == this) { // a connection ends with its process
            Fetched fetched = merged(link, terms.digest, response);
            if (first.isEmpty() || fetched == null) {
              over[0] = fetched == null;
              first.add(fetched);
              ended.accept(fetched);
            }
          }
        }));
    node.later(terms.deadlineMillis, () -> {
      over[0] = true;
      if (first.isEmpty()) {
        node.act(() -> ended.accept(null));
      }
    });
  }

  private Fetched merged(Link link, Digest asked, Response response) {
    try {
      if (response.refused()) {
        return null;
      }
      Fetched fetched = response.v2() ? v2(link, response.body()) : v1(asked, response.body());
      node.registry.merge(fetched.delta);
      return fetched;
    } catch (Malformed | Refused bad) {
      return null;
    }
  }

  private Fetched v2(Link link, byte[] body) throws Malformed, Refused {
    V2Answer answer = V2Codec.decode(body, World.ENTRIES_MAX).answer();
    PeerIdentities.Introduction introduction =
        new PeerIdentities.Introduction(link.peer, answer.node(), answer.life(), link.peer);
    if (node.lives.conflict(introduction, node.timeline.now()).isPresent()) {
      throw new Refused();
    }
    return new Fetched(answer.delta(), answer.checksums(), false, answer.delta().more());
  }

  private Fetched v1(Digest asked, byte[] body) throws Malformed {
    V1Request question = new V1Request(asked, node.clock.millis(), cluster.livenessMillis());
    Delta delta = V1Codec.decode(body, question, World.ENTRIES_MAX).answer();
    return new Fetched(delta, Map.of(), true, false);
  }

  /** The peer is not who it should be (P9). */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
  }
}
