package io.hera.gossip;

import io.hera.registry.Checksum;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.OriginDelta;
import io.hera.store.PeerIdentities;
import io.hera.store.Store;
import io.hera.wire.DeltasTarget;
import io.hera.wire.GossipLimits;
import io.hera.wire.V1Codec;
import io.vertx.core.Future;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets from one peer what it has and this node has not, page after page: ask the store for a digest, ask the peer, see that it
 * is who it should be (PROTOCOL P9), give the answer to the store. Owned by {@link GossipVerticle}.
 *
 * <p>Each step is a question over the event bus or the network, so a long pull lets everything else happen between its pages.
 * What was merged before a failure stays: every page keeps the horizon's promise by itself (P5).
 */
final class Puller {
  private static final Logger log = LoggerFactory.getLogger(Puller.class);

  private final Store store;
  private final String ownName;
  private final Clocks clocks;
  private GossipSettings settings;

  Puller(Store store, String ownName, Clocks clocks, GossipSettings settings) {
    this.store = store;
    this.ownName = ownName;
    this.clocks = clocks;
    this.settings = settings;
  }

  void configure(GossipSettings settings) {
    this.settings = settings;
  }

  /** Everything above the own horizons. Fails with {@link ExchangeFailed}, which the peer has been told, or a defect. */
  Future<Void> pull(Peer peer) {
    return store.digest().compose(digest -> pull(peer, digest, 1));
  }

  /** Everything that this node itself wrote in an earlier life (P7). Fails like {@link #pull}. */
  Future<Void> recover(Peer peer) {
    return everything(peer, Digest.of(ownName, 0), settings.recoveryDeadlineMillis(), 1);
  }

  /** What an exchange that hangs brought. */
  enum Brought {
    /** The horizon has moved, and there is probably more where this came from. */
    MORE_TO_COME,
    NEWS,
    NOTHING,
    /** An answer that has not hung, and is left to the ordinary pull. */
    VERSION_1
  }

  /** One exchange for what the peer itself wrote, which hangs until there is news. Fails like {@link #pull}. */
  Future<Brought> hang(Peer peer) {
    PeerClient.Terms terms = terms(GossipLimits.WAIT_MILLIS + settings.deadlineMillis());
    return horizon(peer)
        .compose(horizon -> peer.hang(
                DeltasTarget.of(Digest.of(peer.name, horizon)).waiting(GossipLimits.WAIT_MILLIS),
                terms)
            .compose(fetched -> fetched.content() instanceof Fetched.V1
                ? Future.succeededFuture(Brought.VERSION_1)
                : admit(peer, fetched)
                    .compose(admitted -> store.merge(admitted.content().delta()))
                    .compose(merged -> horizon(peer))
                    .map(reached -> reached.equals(horizon)
                        ? Brought.NOTHING
                        : fetched.more() ? Brought.MORE_TO_COME : Brought.NEWS)));
  }

  /** How far we have what the peer itself wrote; asking for it begins no pull. */
  private Future<Long> horizon(Peer peer) {
    return store.nextDigest().compose(digest -> {
      Long horizon = digest.horizons().get(peer.name);
      return horizon == null
          ? Future.failedFuture(new ExchangeFailed("is no member any more"))
          : Future.succeededFuture(horizon);
    });
  }

  private Future<Void> pull(Peer peer, Digest digest, int page) {
    Digest asked = peer.speaksV1() ? V1Codec.overlapping(digest) : digest;
    boolean checks = peer.check.due(clocks.monotonicMillis());
    DeltasTarget plain = DeltasTarget.of(asked);
    DeltasTarget target = checks ? plain.checked() : plain;
    return exchange(peer, target, terms(settings.deadlineMillis())).compose(fetched -> {
      if (!fetched.more()) {
        return store
            .pulled(peer.name)
            .compose(pulled -> checks ? check(peer, fetched) : Future.succeededFuture());
      }
      return store.nextDigest().compose(next -> {
        boolean further = page < GossipLimits.PAGES_MAX && !next.equals(digest) && !peer.closed();
        return further ? pull(peer, next, page + 1) : Future.succeededFuture();
      });
    });
  }

  /** The self-check of PROTOCOL §7, with the last answer of a pull. A 2012 node says nothing to compare with. */
  private Future<Void> check(Peer peer, Fetched fetched) {
    Map<String, Checksum> theirs =
        fetched.content() instanceof Fetched.V2 v2 ? v2.answer().checksums() : Map.of();
    return store.compare(theirs).compose(found -> {
      Future<Void> repaired = Future.succeededFuture();
      for (String origin : peer.check.compared(found, clocks.monotonicMillis())) {
        repaired = repaired.compose(done -> repair(peer, origin));
      }
      return repaired;
    });
  }

  private Future<Void> repair(Peer peer, String origin) {
    log.warn("what is held differs peer={} origin={}: pulled again from 0", peer.name, origin);
    return store
        .diverged(origin)
        .compose(counted -> everything(peer, Digest.of(origin, 0), settings.deadlineMillis(), 1));
  }

  /** All pages of the one origin that {@code digest} asks for. */
  private Future<Void> everything(Peer peer, Digest digest, long deadlineMillis, int page) {
    return exchange(peer, DeltasTarget.of(digest), terms(deadlineMillis)).compose(fetched -> {
      Digest next = reached(fetched.content().delta(), digest);
      boolean further =
          fetched.more() && !next.equals(digest) && page < GossipLimits.PAGES_MAX && !peer.closed();
      return further ? everything(peer, next, deadlineMillis, page + 1) : Future.succeededFuture();
    });
  }

  private PeerClient.Terms terms(long deadlineMillis) {
    return new PeerClient.Terms(deadlineMillis, settings.livenessMillis());
  }

  private Future<Fetched> exchange(Peer peer, DeltasTarget target, PeerClient.Terms terms) {
    return peer.fetch(target, terms)
        .compose(fetched -> admit(peer, fetched))
        .compose(fetched -> store.merge(fetched.content().delta()).map(fetched))
        .onSuccess(fetched -> peer.succeeded(fetched, settings.maxSkewMillis()))
        .onFailure(cause -> peer.failed(ExchangeFailed.of(cause)))
        .onComplete(ended -> report(peer));
  }

  /** P9. A 2012 node does not say who it is. */
  private Future<Fetched> admit(Peer peer, Fetched fetched) {
    if (!(fetched.content() instanceof Fetched.V2 v2)) {
      return Future.succeededFuture(fetched);
    }
    PeerIdentities.Introduction introduction = new PeerIdentities.Introduction(
        peer.name, v2.answer().node(), v2.answer().life(), peer.address.toString());
    return store
        .admit(introduction)
        .compose(conflict -> conflict.isPresent()
            ? Future.failedFuture(new ExchangeFailed(conflict.get()))
            : Future.succeededFuture(fetched));
  }

  void report(Peer peer) {
    if (!peer.closed()) {
      store.report(peer.report());
    }
  }

  /** Where the next page begins: {@code asked} itself when the answer brings nothing further. */
  private static Digest reached(Delta delta, Digest asked) {
    Map<String, Long> reached = new TreeMap<>(asked.horizons());
    for (OriginDelta part : delta.origins()) {
      reached.computeIfPresent(part.origin(), (origin, seen) -> Math.max(seen, part.to()));
    }
    return new Digest(reached);
  }
}
