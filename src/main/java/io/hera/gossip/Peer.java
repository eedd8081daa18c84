package io.hera.gossip;

import io.hera.registry.Dialect;
import io.hera.wire.DeltasTarget;
import io.hera.wire.NodeStatus;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The connections to one peer, one per {@link Lane}, and the statistics of its exchanges. Owned by {@link GossipVerticle}; a
 * peer that moves is another one.
 */
final class Peer {
  private static final long CLOSE_MILLIS_MAX = 1_000;

  private final PeerStatistics statistics;
  private final PeerClient pulls;
  private final PeerClient hangs;
  /** The last answer to a pull. */
  private Optional<Fetched> pulled = Optional.empty();

  Peer(String name, String address, Supplier<PeerClient> clients) {
    this.statistics = new PeerStatistics(name, address);
    this.pulls = clients.get();
    this.hangs = clients.get();
  }

  /** One exchange; fails with {@link ExchangeFailed} alone. */
  Future<Fetched> fetch(Lane.Kind lane, DeltasTarget target, PeerClient.Terms terms) {
    if (lane == Lane.Kind.HANG) {
      return hangs.fetch(target, terms).onSuccess(statistics::answered);
    }
    statistics.asked();
    return pulls.fetch(target, terms).onSuccess(fetched -> {
      statistics.answered(fetched);
      pulled = Optional.of(fetched);
    });
  }

  /** The store has taken the last answer to a pull. */
  void taken(long maxSkewMillis, long nowMillis) {
    pulled.ifPresent(fetched -> statistics.succeeded(fetched, maxSkewMillis, nowMillis));
    pulled = Optional.empty();
  }

  /** The store has refused the last answer on a lane: perhaps another node listens at that address now. */
  void refused(Lane.Kind lane) {
    (lane == Lane.Kind.HANG ? hangs : pulls).drop();
  }

  /** A pull has failed. */
  void failed(String reason) {
    statistics.failed(reason);
  }

  /** Returns how exchanges with the peer go. */
  NodeStatus.Peer report(Optional<Dialect> dialect, boolean hanging, long nowMillis) {
    return statistics.report(dialect, hanging, nowMillis);
  }

  /** Abandons exchanges in flight. A node that stops does not wait for a connection that does not close. */
  Future<Void> close() {
    return Future.join(pulls.close(), hangs.close())
        .timeout(CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS)
        .otherwiseEmpty()
        .mapEmpty();
  }
}
