package io.hera.gossip;

import io.hera.tls.live.LiveTls;
import io.hera.wire.Address;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientBuilder;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a peer, and the exchanges on it, one at a time. Owned by {@link PeerClient}.
 *
 * <p>WebClient completes a request when the head of its answer is there: it cannot cut off a body that drips or never ends.
 * The connection is therefore closed after every failure, and the next exchange opens another one. A connection carries
 * one exchange at a time, so no other exchange is disturbed. The client itself is kept: Vert.x remembers each that a verticle
 * ever made until the verticle ends, and a peer may be down for months.
 *
 * <p>The host is resolved for each connection. A name may come to stand for another machine while a connection to the former one
 * is kept alive; the owner therefore closes the connection after any answer that is not a good one of the peer. Of several
 * addresses, the next one is tried after a failure.
 *
 * <p>With TLS, the peer has to prove its host before a byte of a request is sent, and there is no fallback to a connection without it.
 */
final class PeerConnection {
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final int KEEP_ALIVE_SECONDS = 30;

  private final Vertx vertx;
  private final Address address;
  private final HostResolver resolver;
  private final PeerProof proof;
  private final Clocks clocks;
  private final int bytesMax;
  private final Optional<LiveTls> tls;
  private final HttpClientAgent pool;
  private final WebClient client;
  private @Nullable HttpConnection connection;
  private long connectedNanos;
  private boolean busy;
  /** The address of the present connection, or of the next one. */
  private @Nullable SocketAddress server;

  private int failures;
  /** The TLS material with which the next connection is made. */
  private Optional<LiveTls.InForce> material;

  /** Why the present connection was closed before a request was sent on it. */
  private Optional<String> refusal = Optional.empty();

  /** Connects when first asked. */
  PeerConnection(
      Vertx vertx,
      Address address,
      HostResolver resolver,
      Optional<LiveTls> tls,
      PeerProof proof,
      Clocks clocks,
      int bytesMax) {
    this.vertx = vertx;
    this.proof = proof;
    this.address = address;
    this.resolver = resolver;
    this.tls = tls;
    this.clocks = clocks;
    this.bytesMax = bytesMax;
    WebClientOptions options = new WebClientOptions()
        .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
        .setVerifyHost(true)
        .setDecompressionSupported(false)
        .setFollowRedirects(false)
        .setUserAgentEnabled(false)
        .setSsl(tls.isPresent());
    HttpClientBuilder builder = vertx
        .httpClientBuilder()
        .with(options)
        .with(new PoolOptions().setHttp1MaxSize(1).setMaxWaitQueueSize(1))
        .withConnectHandler(this::connected);
    this.material = tls.map(LiveTls::inForce);
    material.ifPresent(inForce -> builder.with(inForce.client()).with(LiveTls.engine()));
    this.pool = builder.build();
    this.client = WebClient.wrap(pool, options);
  }

  /**
   * An answer, whatever its status.
   *
   * @param wallMillis unix time here, in the middle of the round trip
   * @param roundTripMillis from the request, on a connection that stood, to the head
   */
  record Received(HttpResponse<CappedBody.Body> answer, long wallMillis, long roundTripMillis) {
    int status() {
      return answer.statusCode();
    }

    Buffer body() {
      return answer.body().bytes();
    }

    /** A header's value in lower case without parameters, empty if there is none. */
    String header(CharSequence name) {
      String value = answer.headers().get(name);
      return value == null ? "" : value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
  }

  /** One exchange. Fails with {@link ExchangeFailed} alone; the owner then calls {@link #drop}. */
  Future<Received> get(String uri, MultiMap headers, long deadlineMillis, long silenceMillis) {
    busy = true;
    refusal = Optional.empty();
    useMaterialInForce();
    long startedNanos = clocks.monotonicNanos().getAsLong();
    return server()
        .compose(at -> client
            .request(HttpMethod.GET, at, address.port(), Address.withBrackets(address.host()), uri)
            .putHeaders(headers)
            .putHeaders(proof.headers(at, tls.isPresent()))
            .connectTimeout(Math.min(CONNECT_TIMEOUT_MILLIS, deadlineMillis))
            .idleTimeout(silenceMillis)
            .as(() -> new CappedBody(clocks, bytesMax))
            .send())
        .timeout(deadlineMillis, TimeUnit.MILLISECONDS)
        .map(answer -> received(answer, startedNanos))
        .onComplete(ended -> busy = false)
        .recover(cause -> cut(cause, startedNanos, deadlineMillis, silenceMillis));
  }

  /** Closes the connection after an answer that is not a good one of the peer: the next exchange resolves the host again. */
  void drop() {
    server = null;
    failures++;
    if (connection != null) {
      connection.close();
    }
  }

  /** Ends the exchange in flight, which fails. */
  Future<Void> close() {
    return pool.close();
  }

  /** Comes before the request is sent on it. */
  private void connected(HttpConnection made) {
    connection = made;
    connectedNanos = clocks.monotonicNanos().getAsLong();
    made.closeHandler(closed -> server = connection == made ? null : server);
    refusal = tls.flatMap(checked -> PeerCertificate.fault(made, address.host()));
    if (!busy || refusal.isPresent()) {
      made.close();
    }
  }

  /** After a change of the material, an exchange is on a new connection: Vert.x keeps connections apart by their options. */
  private void useMaterialInForce() {
    Optional<LiveTls.InForce> now = tls.map(LiveTls::inForce);
    if (!now.equals(material)) {
      material = now;
      now.ifPresent(inForce -> pool.updateSSLOptions(inForce.client()));
      if (connection != null) {
        connection.close();
      }
    }
  }

  /** Returns the address of the connection that stands, or one of those that the host has now. */
  private Future<SocketAddress> server() {
    SocketAddress known = server;
    if (known != null) {
      return Future.succeededFuture(known);
    }
    Future<List<String>> resolved =
        NetUtil.isValidIpV4Address(address.host()) || NetUtil.isValidIpV6Address(address.host())
            ? Future.succeededFuture(List.of(address.host()))
            : vertx.executeBlocking(() -> resolver.resolve(address.host()), false);
    return resolved.map(addresses -> {
      String next = addresses.get(Math.floorMod(failures, addresses.size()));
      SocketAddress found =
          SocketAddress.inetSocketAddress(address.port(), Address.withBrackets(next));
      server = found;
      return found;
    });
  }

  private Received received(HttpResponse<CappedBody.Body> answer, long startedNanos) {
    CappedBody.Body body = answer.body();
    long sentNanos = Math.max(startedNanos, connectedNanos);
    long roundTripMillis = (body.headNanos() - sentNanos) / 1_000_000;
    return new Received(answer, body.headWallMillis() - roundTripMillis / 2, roundTripMillis);
  }

  private Future<Received> cut(
      Throwable cause, long startedNanos, long deadlineMillis, long silenceMillis) {
    if (refusal.isPresent()) {
      return Future.failedFuture(new ExchangeFailed(refusal.get()));
    }
    if (!(cause instanceof TimeoutException)) {
      return Future.failedFuture(ExchangeFailed.of(cause));
    }
    long tookMillis = (clocks.monotonicNanos().getAsLong() - startedNanos) / 1_000_000;
    return Future.failedFuture(new ExchangeFailed(
        silenceMillis < deadlineMillis && tookMillis < deadlineMillis
            ? "sent no byte for " + silenceMillis + " ms"
            : "timed out after " + deadlineMillis + " ms"));
  }
}
