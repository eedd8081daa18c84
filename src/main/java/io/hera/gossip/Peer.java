package io.hera.gossip;

import io.hera.store.PeerReport;
import io.hera.wire.Address;
import io.hera.wire.DeltasTarget;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One peer at one address: its clients, one for pulls and one for those that hang, and what is known of talking to it. Owned
 * by {@link GossipVerticle}; a peer that moves is another one.
 */
final class Peer {
  private static final long CLOSE_MILLIS_MAX = 1_000;

  private static final Logger log = LoggerFactory.getLogger(Peer.class);

  final String name;
  final Address address;
  final SelfCheck check = new SelfCheck(SelfCheck.INTERVAL_MILLIS);
  private final PeerClient client;
  private final PeerClient hangingClient;
  private final Clocks clocks;

  private Speaks speaks = Speaks.UNKNOWN;
  private Way way = Way.PULL;
  private OptionalLong succeededAt = OptionalLong.empty();
  private OptionalLong skewMillis = OptionalLong.empty();
  private String lastError = "";
  private boolean skewed;
  private boolean closed;
  private long rounds;
  private long failures;
  private long bytes;
  private long quarantined;

  Peer(String name, Address address, Supplier<PeerClient> clients, Clocks clocks) {
    this.name = name;
    this.address = address;
    this.client = clients.get();
    this.hangingClient = clients.get();
    this.clocks = clocks;
  }

  /** The dialect of the last answer. */
  private enum Speaks {
    UNKNOWN,
    V1,
    V2;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How its news comes. */
  enum Way {
    HANGING,
    PULL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One exchange; fails with {@link ExchangeFailed} alone. */
  Future<Fetched> fetch(DeltasTarget target, PeerClient.Terms terms) {
    rounds++;
    return client.fetch(target, terms).onSuccess(fetched -> {
      received(fetched);
      speaks = fetched.content() instanceof Fetched.V1 ? Speaks.V1 : Speaks.V2;
    });
  }

  /** One exchange that may hang, on a connection of its own; fails with {@link ExchangeFailed} alone. */
  Future<Fetched> hang(DeltasTarget target, PeerClient.Terms terms) {
    return hangingClient.fetch(target, terms).onSuccess(this::received);
  }

  /** Its news comes this way from now on; false if it did already. */
  boolean way(Way changed) {
    boolean differs = way != changed;
    way = changed;
    return differs;
  }

  /** Whether the last pull was answered in our own dialect. */
  boolean speaksV2() {
    return speaks == Speaks.V2;
  }

  /** Whether it is a 2012 node, as far as is known. */
  boolean speaksV1() {
    return speaks == Speaks.V1;
  }

  /** An exchange has ended well, and what it brought is merged. */
  void succeeded(Fetched fetched, long maxSkewMillis) {
    if (closed) {
      return;
    }
    if (!lastError.isEmpty()) {
      log.info("peer is back peer={} address={}", name, address);
    }
    lastError = "";
    succeededAt = OptionalLong.of(clocks.monotonicMillis());
    if (fetched.content() instanceof Fetched.V2 v2) {
      skewed(v2.answer().nowMillis() - fetched.wallMillis(), maxSkewMillis);
    }
    log.debug(
        "pulled peer={} bytes={} millis={}", name, fetched.wireBytes(), fetched.roundTripMillis());
  }

  /** An exchange has failed. */
  void failed(ExchangeFailed failure) {
    if (closed) {
      return;
    }
    failures++;
    if (lastError.isEmpty()) {
      log.warn("pull failed peer={} address={} reason={}", name, address, failure.reason());
    } else {
      log.debug("pull failed peer={} address={} reason={}", name, address, failure.reason());
    }
    lastError = failure.reason();
  }

  /** Says how things stand. */
  PeerReport report() {
    return new PeerReport(
        name,
        address.toString(),
        speaks.word(),
        way.word(),
        succeededAt,
        lastError,
        skewMillis,
        rounds,
        failures,
        bytes,
        quarantined);
  }

  /** Whether it was replaced, removed or stopped: nothing of it matters any more. */
  boolean closed() {
    return closed;
  }

  /** Lets go of it, and of exchanges in flight. Whoever closes a node does not wait for a connection that will not go. */
  Future<Void> close() {
    closed = true;
    return Future.join(client.close(), hangingClient.close())
        .timeout(CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS)
        .otherwiseEmpty()
        .mapEmpty();
  }

  private void received(Fetched fetched) {
    bytes += fetched.wireBytes();
    quarantined += fetched.content().quarantined();
  }

  private void skewed(long millis, long maxSkewMillis) {
    skewMillis = OptionalLong.of(millis);
    boolean now = Math.abs((double) millis) > maxSkewMillis / 2.0;
    if (now && !skewed) {
      log.warn("the clocks differ peer={} millis={} max-skew={}", name, millis, maxSkewMillis);
    }
    skewed = now;
  }
}
