package io.hera.gossip;

import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Lives;
import io.hera.registry.OriginDelta;
import io.hera.store.Store;
import io.hera.wire.V1Codec;
import io.vertx.core.Future;

/**
 * Gets from one peer what it has and this node has not, page after page: ask the store for a digest, ask the peer, see that it
 * is who it should be (PROTOCOL P9), give the answer to the store. Owned by {@link GossipVerticle}.
 *
 * <p>Each step is a question over the event bus or the network, so a long pull lets everything else happen between its pages.
 * What was merged before a failure stays: every page keeps the horizon's promise by itself (P5).
 */
final class Puller {
  /** A page is about a mebibyte; whoever sends more than this without end gets another turn in the next cycle. */
  private static final int PAGES_MAX = 1_000;

  private final Store store;
  private final String ownName;
  private GossipSettings settings;

  Puller(Store store, String ownName, GossipSettings settings) {
    this.store = store;
    this.ownName = ownName;
    this.settings = settings;
  }

  void configure(GossipSettings settings) {
    this.settings = settings;
  }

  /** Everything above the own horizons. Fails with {@link ExchangeFailed}, which the peer has been told, or a defect. */
  Future<Void> pull(Peer peer) {
    return store.digest.ask(Store.Pull.FIRST).compose(digest -> pull(peer, digest, 1));
  }

  /** Everything that this node itself wrote in an earlier life (P7). Fails like {@link #pull}. */
  Future<Void> recover(Peer peer) {
    return recover(peer, 0, 1);
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
    long wait = HangingPull.WAIT_MILLIS;
    PeerClient.Terms terms =
        new PeerClient.Terms(wait + settings.deadlineMillis(), settings.livenessMillis(), wait);
    return horizon(peer)
        .compose(horizon -> peer.hang(Digest.of(peer.name, horizon), terms)
            .compose(fetched -> fetched.content() instanceof Fetched.V1
                ? Future.succeededFuture(Brought.VERSION_1)
                : admit(peer, fetched)
                    .compose(admitted -> store.merge.ask(admitted.content().delta()))
                    .compose(merged -> horizon(peer))
                    .map(reached -> reached.equals(horizon)
                        ? Brought.NOTHING
                        : fetched.cut() ? Brought.MORE_TO_COME : Brought.NEWS)));
  }

  /** How far we have what the peer itself wrote; asking for it begins no pull. */
  private Future<Long> horizon(Peer peer) {
    return store.digest.ask(Store.Pull.NEXT).compose(digest -> {
      Long horizon = digest.horizons().get(peer.name);
      return horizon == null
          ? Future.failedFuture(new ExchangeFailed("is no member any more"))
          : Future.succeededFuture(horizon);
    });
  }

  private Future<Void> pull(Peer peer, Digest digest, int page) {
    Digest asked = peer.speaksV1() ? V1Codec.overlapping(digest) : digest;
    return exchange(peer, asked, settings.deadlineMillis()).compose(fetched -> {
      if (!fetched.cut()) {
        return store.pulled.ask(peer.name).mapEmpty();
      }
      return store.digest.ask(Store.Pull.NEXT).compose(next -> {
        boolean further = page < PAGES_MAX && !next.equals(digest) && !peer.closed();
        return further ? pull(peer, next, page + 1) : Future.succeededFuture();
      });
    });
  }

  private Future<Void> recover(Peer peer, long horizon, int page) {
    Digest asked = Digest.of(ownName, horizon);
    return exchange(peer, asked, settings.recoveryDeadlineMillis()).compose(fetched -> {
      long reached = ownHorizon(fetched.content().delta(), horizon);
      boolean further = fetched.cut() && reached > horizon && page < PAGES_MAX && !peer.closed();
      return further ? recover(peer, reached, page + 1) : Future.succeededFuture();
    });
  }

  private Future<Fetched> exchange(Peer peer, Digest digest, long deadlineMillis) {
    PeerClient.Terms terms = new PeerClient.Terms(deadlineMillis, settings.livenessMillis(), 0);
    return peer.fetch(digest, terms)
        .compose(fetched -> admit(peer, fetched))
        .compose(fetched -> store.merge.ask(fetched.content().delta()).map(fetched))
        .onSuccess(fetched -> peer.succeeded(fetched, settings.maxSkewMillis()))
        .onFailure(cause -> peer.failed(ExchangeFailed.of(cause)))
        .onComplete(ended -> report(peer));
  }

  /** P9. A 2012 node does not say who it is. */
  private Future<Fetched> admit(Peer peer, Fetched fetched) {
    if (!(fetched.content() instanceof Fetched.V2 v2)) {
      return Future.succeededFuture(fetched);
    }
    Lives.Meeting meeting = new Lives.Meeting(
        peer.name, v2.answer().node(), v2.answer().life(), peer.address.toString());
    return store
        .meet
        .ask(meeting)
        .compose(conflict -> conflict.isPresent()
            ? Future.failedFuture(new ExchangeFailed(conflict.get()))
            : Future.succeededFuture(fetched));
  }

  void report(Peer peer) {
    if (!peer.closed()) {
      store.report.ask(peer.report());
    }
  }

  private long ownHorizon(Delta delta, long otherwise) {
    return delta.origins().stream()
        .filter(part -> part.origin().equals(ownName))
        .mapToLong(OriginDelta::to)
        .findAny()
        .orElse(otherwise);
  }
}
