package io.hera.gossip;

import io.hera.json.Documents;
import io.hera.json.Malformed;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.store.OwnHandshake;
import io.hera.tls.live.LiveTls;
import io.hera.wire.Address;
import io.hera.wire.Decoded;
import io.hera.wire.DeltasTarget;
import io.hera.wire.GossipLimits;
import io.hera.wire.Gzip;
import io.hera.wire.NodeId;
import io.hera.wire.V1Request;
import io.hera.wire.V2Codec;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Asks one peer for deltas, or for an operator, over HTTP, by a {@link PeerConnection} of its own, and makes sense of the answer. Owned by {@link Peer}.
 *
 * <p>Nothing of an answer is believed: its bytes are capped as they come and again as they are inflated, and it is decoded
 * whole or not at all. Decoding a long answer would hold up the event loop, so a worker does it.
 */
final class PeerClient {
  private static final int INLINE_BYTES_MAX = 64 << 10;
  private static final int DETAIL_BYTES_MAX = 64 << 10;
  private static final int REPLY_BYTES_MAX = 1 << 20;
  private static final int REPLY_DEPTH_MAX = 16;

  private final Vertx vertx;
  private final OwnHandshake self;
  private final Clocks clocks;
  private final PeerConnection connection;

  /**
   * A client of the peer at {@code address}; connects when first asked.
   *
   * @param tls empty if peers are reached without TLS
   * @param proof proves to the peer who asks
   * @param self what this node says of itself
   */
  PeerClient(
      Vertx vertx,
      Address address,
      HostResolver resolver,
      Optional<LiveTls> tls,
      PeerProof proof,
      OwnHandshake self,
      Clocks clocks) {
    this.vertx = vertx;
    this.self = self;
    this.clocks = clocks;
    this.connection = new PeerConnection(
        vertx, address, resolver, tls, proof, clocks, GossipLimits.WIRE_BYTES_MAX);
  }

  /**
   * How to ask.
   *
   * @param deadlineMillis for the whole exchange
   * @param silenceMillis the longest time without a byte of the answer
   * @param livenessMillis the ttl of entries that come without one
   */
  record Terms(long deadlineMillis, long silenceMillis, long livenessMillis) {
    /** Returns terms for one of two exchanges in the same time. */
    Terms half() {
      long half = Math.max(1, deadlineMillis / 2);
      return new Terms(half, Math.min(silenceMillis, half), livenessMillis);
    }
  }

  /** One exchange. Fails with {@link ExchangeFailed} alone. */
  Future<Fetched> fetch(DeltasTarget target, Terms terms) {
    MultiMap headers = HttpHeaders.headers()
        .set(HttpHeaders.ACCEPT, V2Codec.MEDIA_TYPE)
        .set(HttpHeaders.ACCEPT_ENCODING, "gzip")
        .set(NodeId.HEADER, self.header());
    return connection
        .get(target.encode(), headers, terms.deadlineMillis(), terms.silenceMillis())
        .compose(received -> decode(received, target.digest(), terms))
        .onFailure(bad -> connection.drop())
        .recover(cause -> Future.failedFuture(ExchangeFailed.of(cause)));
  }

  /** Asks a question of an operator; returns the reply, one JSON object. Fails with {@link ExchangeFailed} alone. */
  Future<byte[]> ask(String target, long deadlineMillis) {
    MultiMap headers = HttpHeaders.headers().set(HttpHeaders.ACCEPT, "application/json");
    return connection
        .get(target, headers, deadlineMillis, deadlineMillis)
        .compose(this::object)
        .onFailure(bad -> connection.drop())
        .recover(cause -> Future.failedFuture(ExchangeFailed.of(cause)));
  }

  private Future<byte[]> object(PeerConnection.Received received) {
    if (received.status() != 200) {
      return Future.failedFuture(refusal(received));
    }
    byte[] json = received.body().getBytes();
    if (json.length > INLINE_BYTES_MAX) {
      return vertx.executeBlocking(() -> checkedObject(json), false);
    }
    try {
      return Future.succeededFuture(checkedObject(json));
    } catch (Malformed bad) {
      return Future.failedFuture(bad);
    }
  }

  private static byte[] checkedObject(byte[] json) throws Malformed {
    Documents.check(json, REPLY_BYTES_MAX, REPLY_DEPTH_MAX);
    return json;
  }

  /** Closes the connection: its last answer was refused. */
  void drop() {
    connection.drop();
  }

  /** Ends the exchange in flight, which fails. */
  Future<Void> close() {
    return connection.close();
  }

  private Future<Fetched> decode(PeerConnection.Received received, Digest asked, Terms terms) {
    if (received.status() != 200) {
      return Future.failedFuture(refusal(received));
    }
    if (received.body().length() > inlineBytesMax(received)) {
      return vertx.executeBlocking(() -> decodeWhole(received, asked, terms), false);
    }
    try {
      return Future.succeededFuture(decodeWhole(received, asked, terms));
    } catch (Malformed | ExchangeFailed bad) {
      return Future.failedFuture(bad);
    }
  }

  /** Gzip makes up to a thousand bytes of one. */
  private static int inlineBytesMax(PeerConnection.Received received) {
    return received.header(HttpHeaders.CONTENT_ENCODING).equals("gzip")
        ? INLINE_BYTES_MAX / 64
        : INLINE_BYTES_MAX;
  }

  private Fetched decodeWhole(PeerConnection.Received received, Digest asked, Terms terms)
      throws Malformed, ExchangeFailed {
    byte[] body = inflated(received);
    Dialect dialect = received.header(HttpHeaders.CONTENT_TYPE).equals(V2Codec.MEDIA_TYPE)
        ? Dialect.V2
        : Dialect.V1;
    V1Request request = new V1Request(asked, clocks.agreed().millis(), terms.livenessMillis());
    Decoded<Answer> decoded =
        Answer.decode(dialect, body, request, received.roundTripMillis(), GossipLimits.ENTRIES_MAX);
    return new Fetched(
        decoded.answer(),
        decoded.quarantined(),
        received.body().length(),
        received.wallMillis(),
        received.roundTripMillis());
  }

  private static byte[] inflated(PeerConnection.Received received)
      throws Malformed, ExchangeFailed {
    byte[] wire = received.body().getBytes();
    return switch (received.header(HttpHeaders.CONTENT_ENCODING)) {
      case "", "identity" -> wire;
      case "gzip" -> Gzip.inflate(wire, GossipLimits.BODY_BYTES_MAX);
      default -> throw new ExchangeFailed("answered in an encoding that was not asked for");
    };
  }

  private static ExchangeFailed refusal(PeerConnection.Received received) {
    String answered = "answered " + received.status();
    boolean problem = received.header(HttpHeaders.CONTENT_TYPE).equals("application/problem+json");
    String detail =
        problem && received.body().length() <= DETAIL_BYTES_MAX ? detail(received.body()) : "";
    return new ExchangeFailed(detail.isEmpty() ? answered : answered + ": " + detail);
  }

  private static String detail(Buffer problem) {
    try {
      return new JsonObject(problem).getValue("detail") instanceof String detail ? detail : "";
    } catch (DecodeException unreadable) {
      return "";
    }
  }
}
