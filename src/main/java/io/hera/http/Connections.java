package io.hera.http;

import io.hera.access.AccessRules;
import io.hera.access.CertificateName;
import io.hera.access.KnownSender;
import io.hera.store.NextTurn;
import io.hera.store.Slices;
import io.hera.tls.live.LiveTls;
import io.hera.wire.ProblemType;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to one HTTP verticle, and the exchange that is under way on each: HTTP/1.1 serves one at a time. One per HTTP
 * verticle, used on its context only.
 *
 * <p>Connections that have had no exchange for too long are closed. The server's own idle time-out counts bytes, and would cut off
 * a client that waits for a change, or would have to be as long as the longest wait. Here a connection is busy from a request's
 * head to the end of the reply; {@link Bodies} and the parking of requests bound how long that may take. It is not busy while the
 * client reads nothing of what waits to be sent.
 */
final class Connections {
  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  private static final long SWEEP_MILLIS_MAX = 1_000;

  /** Requests timed per sweep; more samples cost clock reads and add nothing. All requests are counted. */
  private static final int TIMED_MAX = 500;

  /** The work of checking a client's certificate: half a millisecond. */
  private static final long VERIFY = Slices.TURN / 4;

  private final ServerContext server;
  private final CharSequence nodeHeader;
  private final boolean counts;
  private final boolean switchesOver;
  private final Vertx vertx;
  private final Map<HttpConnection, ConnectionUse> uses = new HashMap<>();
  private final EachSecond eachSecond;
  private final LargeReplies largeReplies;
  private final Gate gate;
  /** Exchanges to check by changed rules. */
  private final Slices<Exchange> outdated;

  private @Nullable AccessRules rules;
  private int timed;
  private boolean drains;

  Connections(Context context, ServerContext server, HttpSettings settings) {
    this.server = server;
    this.nodeHeader = HttpHeaders.createOptimized(server.node());
    this.counts = settings.metrics();
    this.switchesOver = settings.clearPort().isPresent();
    this.vertx = context.owner();
    this.largeReplies = new LargeReplies(new NextTurn(context));
    this.gate = new Gate(server.access());
    this.rules = server.access().rules();
    this.outdated = new Slices<>(new NextTurn(context), this::checkAgain);
    this.eachSecond = new EachSecond(vertx, server);
    sweepLater();
  }

  void opened(HttpConnection connection) {
    ConnectionUse use = new ConnectionUse(connection);
    uses.put(connection, use);
    OpenConnections open = server.counters().connections();
    connection.closeHandler(closed -> {
      open.closed();
      uses.remove(connection);
    });
    if (!open.opened(server.limits().get().connectionsMax())) {
      use.unread.close();
    }
  }

  /** Notes that the client of a connection sends nothing more. */
  void inputEnded(HttpConnection connection) {
    ConnectionUse use = uses.get(connection);
    if (use != null) {
      use.inputEnded = true;
      if (use.last != null && use.busy()) {
        use.last.inputEnded();
      }
    }
  }

  /** Begins the exchange of a request whose head has come. */
  Exchange begin(HttpServerRequest request, Target target, RouteCounters route) {
    Sender sender = server.guard().sender(request);
    Exchange exchange = new Exchange(request, sender, target, route, this, startNanos());
    ConnectionUse use = uses.get(request.connection());
    limit(exchange, use);
    if (use != null) {
      use.last = exchange;
      use.idle.used();
      if (use.inputEnded) {
        exchange.inputEnded();
      }
    }
    return exchange;
  }

  /** Finds out who has sent a request, if rules limit it: not one that comes without TLS while the cluster switches over. */
  private void limit(Exchange exchange, @Nullable ConnectionUse use) {
    if (switchesOver && !exchange.isEncrypted()) {
      long nowMillis = server.monotonicNanos().getAsLong() / 1_000_000;
      server.counters().plaintext().came(exchange.remoteAddress(), nowMillis);
    } else if (gate.isOn()) {
      KnownSender sender = use == null ? new KnownSender() : use.sender;
      exchange.proven(gate.sender(sender, exchange.request(), certificate(use)));
    }
  }

  /** Returns the names by which the certificate of the client makes it known now. */
  private List<CertificateName> certificate(@Nullable ConnectionUse use) {
    return use == null || use.certificate.isEmpty()
        ? ClientCertificate.NONE
        : use.certificate.get().names(tls(), server.wall().millis());
  }

  private LiveTls tls() {
    return server.tls().orElseThrow();
  }

  /** Returns the exchange that is under way on a connection. */
  Exchange current(HttpConnection connection) {
    ConnectionUse use = Objects.requireNonNull(uses.get(connection), "the connection is closed");
    return Objects.requireNonNull(use.last, "the connection has had no request");
  }

  /**
   * Ends the exchange during which a handler has failed that was called later than its endpoint: by a timer, by the end of the
   * body, or by a reply of the store. Each request has a context of its own, which tells them apart.
   */
  void failed(Throwable defect) {
    Context failed = Vertx.currentContext();
    uses.values().stream()
        .filter(ConnectionUse::busy)
        .map(use -> Objects.requireNonNull(use.last))
        .filter(exchange -> ((HttpServerRequestInternal) exchange.request()).context() == failed)
        .findAny()
        .ifPresentOrElse(
            exchange -> exchange.fail(defect),
            () -> log.error("defect outside of a request", defect));
  }

  /** Ends the requests that are not allowed any more: the rules have changed, or the certificate of the client is not valid any more. */
  private void revoke() {
    AccessRules now = server.access().rules();
    boolean changed = rules != now;
    rules = now;
    if (now != null) {
      outdated.add(uses.values().stream()
          .filter(use -> use.busy() && (changed || use.certificate.isPresent()))
          .map(use -> Objects.requireNonNull(use.last))
          .toList());
    }
  }

  private long checkAgain(Exchange exchange) {
    ConnectionUse use = uses.get(exchange.request().connection());
    boolean verifies =
        use != null && use.certificate.filter(one -> one.isUnchecked(tls())).isPresent();
    gate.checkAgain(exchange, certificate(use));
    return verifies ? VERIFY : Slices.LOOK;
  }

  private List<Exchange> busy() {
    return uses.values().stream()
        .filter(ConnectionUse::busy)
        .map(use -> Objects.requireNonNull(use.last))
        .toList();
  }

  /** Completes parked and streaming requests: the server is about to stop. Returns whether a connection is open. */
  boolean drain() {
    drains = true;
    busy().forEach(Exchange::drain);
    return !uses.isEmpty();
  }

  // For exchanges.

  boolean draining() {
    return drains || server.readiness().stopping();
  }

  /** Returns whether clients are to close their connections, and to go to other nodes. */
  boolean sendsAway() {
    return server.drain().present().isPresent();
  }

  Gate gate() {
    return gate;
  }

  CharSequence nodeHeader() {
    return nodeHeader;
  }

  EachSecond eachSecond() {
    return eachSecond;
  }

  BytesInFlight inFlight() {
    return server.inFlight();
  }

  LargeReplies largeReplies() {
    return largeReplies;
  }

  Vertx vertx() {
    return vertx;
  }

  RouteCounters route(String route) {
    return server.counters().route(route);
  }

  /** Counts a reply; its time is taken if {@code startNanos} is not 0. */
  void count(RouteCounters route, HttpMethod method, int status, long startNanos) {
    if (counts) {
      RouteCounters.Series series = route.of(method, status);
      series.count().increment();
      if (startNanos != 0) {
        series.times().count((server.monotonicNanos().getAsLong() - startNanos) / 1_000);
      }
    }
  }

  /** Counts a reply with a problem. */
  void count(ProblemType type) {
    server.counters().problem(type);
  }

  private long startNanos() {
    boolean takesTime = counts && timed < TIMED_MAX;
    timed++;
    return takesTime ? server.monotonicNanos().getAsLong() : 0;
  }

  private void sweepLater() {
    long pauseMillis = Math.max(1, Math.min(SWEEP_MILLIS_MAX, idleMillis() / 8));
    vertx.setTimer(pauseMillis, due -> {
      timed = 0;
      sendsAway();
      sweep();
      revoke();
      sweepLater();
    });
  }

  private long idleMillis() {
    return server.limits().get().idleTimeoutMillis();
  }

  private void sweep() {
    long nowMillis = server.monotonicNanos().getAsLong() / 1_000_000;
    gate.sweep(nowMillis);
    long idleMillisMax = idleMillis();
    List<ConnectionUse> idle = new ArrayList<>();
    uses.values().forEach(use -> {
      boolean busy = !use.unread.sweep() && use.busy();
      if (use.idle.sweep(busy, nowMillis) >= idleMillisMax) {
        idle.add(use);
      }
    });
    idle.forEach(use -> use.unread.close());
  }
}
