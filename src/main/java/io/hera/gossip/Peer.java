package io.hera.gossip;

import io.hera.registry.Dialect;
import io.hera.wire.DeltasTarget;
import io.hera.wire.PeerReply;
import io.hera.wire.PeerStatus;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The connections to one peer, one per {@link Lane} and one for questions of operators, and the statistics of its exchanges. Owned by {@link GossipVerticle}; a
 * peer that moves is another one.
 *
 * <p>While the cluster switches TLS on, a pull that fails by TLS is repeated in clear at once, so that a certificate, a port or a
 * firewall that is not right yet costs no exchange. Hanging pulls go the way of the last pull.
 */
final class Peer {
  private static final long CLOSE_MILLIS_MAX = 1_000;

  private final PeerStatistics statistics;
  private final Clients first;
  /** In clear, after a failure of {@code first}; empty if nothing is sent in clear. */
  private final Optional<Clients> second;

  private final PeerWay way;
  private final LongSupplier nowMillis;
  private final String address;
  /** The last question of an operator. */
  private Future<byte[]> asking = Future.succeededFuture(new byte[0]);

  /** The last answer to a pull. */
  private Optional<Fetched> pulled = Optional.empty();

  /**
   * A peer that is not asked yet.
   *
   * @param second its clients without TLS, while the cluster switches TLS on
   * @param nowMillis monotonic
   */
  Peer(
      String name,
      PeerAddress address,
      Clients first,
      Optional<Clients> second,
      LongSupplier nowMillis) {
    this.address = address.toString();
    this.statistics = new PeerStatistics(name, this.address);
    this.first = first;
    this.second = second;
    this.way = new PeerWay(name);
    this.nowMillis = nowMillis;
  }

  /**
   * The clients of the two lanes, and of the questions of operators, which reach the peer in one way.
   *
   * @param byTls whether that is by TLS
   */
  record Clients(boolean byTls, PeerClient pulls, PeerClient hangs, PeerClient questions) {
    static Clients of(boolean byTls, Supplier<PeerClient> client) {
      return new Clients(byTls, client.get(), client.get(), client.get());
    }

    Future<Void> close() {
      return Future.join(pulls.close(), hangs.close(), questions.close()).mapEmpty();
    }
  }

  /** One exchange; fails with {@link ExchangeFailed} alone. */
  Future<Fetched> fetch(Lane.Kind lane, DeltasTarget target, PeerClient.Terms terms) {
    statistics.asked(lane);
    if (lane == Lane.Kind.HANG) {
      return inUse().hangs.fetch(target, terms).onSuccess(statistics::answered);
    }
    return pull(target, terms).onSuccess(fetched -> {
      statistics.answered(fetched);
      pulled = Optional.of(fetched);
    });
  }

  private Future<Fetched> pull(DeltasTarget target, PeerClient.Terms terms) {
    if (second.isEmpty()) {
      return first.pulls.fetch(target, terms);
    } else if (!way.triesTls(nowMillis.getAsLong())) {
      return second.get().pulls.fetch(target, terms);
    }
    PeerClient.Terms half = terms.half();
    return first
        .pulls
        .fetch(target, half)
        .onSuccess(fetched -> way.answeredByTls())
        .recover(byTls -> pullInClear(second.get(), target, half, ExchangeFailed.of(byTls)));
  }

  private Future<Fetched> pullInClear(
      Clients clear, DeltasTarget target, PeerClient.Terms terms, ExchangeFailed byTls) {
    return clear
        .pulls
        .fetch(target, terms)
        .onSuccess(fetched -> way.answeredInClear(byTls.failure().reason(), nowMillis.getAsLong()))
        .recover(inClear -> Future.failedFuture(byTls.and(ExchangeFailed.of(inClear))));
  }

  private Clients inUse() {
    return second.filter(clear -> way.clearReason().isPresent()).orElse(first);
  }

  /**
   * Asks a question of an operator, beside the exchanges; one after the other, each for {@code deadlineMillis} from now at most. Does
   * not fail.
   */
  Future<PeerReply> ask(String target, Optional<Dialect> dialect, long deadlineMillis) {
    if (dialect.equals(Optional.of(Dialect.V1))) {
      return Future.succeededFuture(new PeerReply.Unasked(address));
    }
    long begunMillis = nowMillis.getAsLong();
    asking = asking.transform(before -> {
      long leftMillis = deadlineMillis - (nowMillis.getAsLong() - begunMillis);
      return leftMillis > 0
          ? inUse().questions.ask(target, leftMillis)
          : Future.failedFuture(new ExchangeFailed("has not answered an earlier question"));
    });
    return asking
        .<PeerReply>map(
            json -> new PeerReply.Answered(address, nowMillis.getAsLong() - begunMillis, json))
        .recover(cause -> Future.succeededFuture(new PeerReply.Failed(
            address,
            ExchangeFailed.of(cause).failure().reason(),
            statistics.sinceSuccess(nowMillis.getAsLong()))));
  }

  /** The store has taken the last answer to a pull. */
  void taken(long maxSkewMillis) {
    pulled.ifPresent(
        fetched -> statistics.succeeded(fetched, maxSkewMillis, nowMillis.getAsLong()));
    pulled = Optional.empty();
  }

  /** The store has refused the last answer on a lane: perhaps another node listens at that address now. */
  void refused(Lane.Kind lane) {
    (lane == Lane.Kind.HANG ? inUse().hangs : inUse().pulls).drop();
  }

  /** A pull has failed. */
  void failed(String reason) {
    statistics.failed(reason, nowMillis.getAsLong());
  }

  /** Returns how exchanges with the peer go. */
  PeerStatus report(Optional<Dialect> dialect, boolean hanging) {
    Optional<PeerStatus.Way> tls = first.byTls
        ? Optional.of(new PeerStatus.Way(inUse().byTls, way.clearReason().orElse("")))
        : Optional.empty();
    return statistics.report(dialect, hanging, tls, nowMillis.getAsLong());
  }

  /** Abandons exchanges in flight. A node that stops does not wait for a connection that does not close. */
  Future<Void> close() {
    return Future.join(first.close(), second.map(Clients::close).orElseGet(Future::succeededFuture))
        .timeout(CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS)
        .otherwiseEmpty()
        .mapEmpty();
  }
}
