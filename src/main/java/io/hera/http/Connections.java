package io.hera.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens on the connections to a node: which request is being served and since when, for {@link Requests}, and for how
 * long there has been none. One an HTTP verticle, used on its context only.
 *
 * <p>Connections that have had nothing to do for too long are closed. The server's own idle time-out counts bytes, and would
 * cut off who waits for a change; it would have to be as long as the longest wait. Here a connection is busy from its request's
 * head to the end of the answer; how long that may take is bounded by {@link Bodies} and {@link Watchers}.
 */
final class Connections {
  private static final long SWEEP_MILLIS_MAX = 1_000;

  /** All requests are counted. Of so many between two sweeps it is known how long they took; reading the clock for more tells no more. */
  private static final int TIMED_MAX = 500;

  private final Requests requests;
  private final LongSupplier monotonicNanos;
  private final long idleMillis;
  private final boolean counts;
  private final long sweepMillis;
  private final Map<HttpConnection, Use> uses = new HashMap<>();
  private long nowMillis;
  private int timed;

  Connections(Vertx vertx, HttpVerticle.Parts parts, HttpSettings settings) {
    this.requests = parts.tally().requests();
    this.monotonicNanos = parts.monotonicNanos();
    this.idleMillis = settings.idleTimeoutMillis();
    this.counts = settings.metrics();
    this.sweepMillis = Math.max(1, Math.min(SWEEP_MILLIS_MAX, idleMillis / 8));
    vertx.setPeriodic(sweepMillis, timer -> sweep());
  }

  /** The last request on a connection, and since when nothing has happened there. A connection serves one request at a time. */
  private static final class Use {
    private @Nullable HttpServerResponse last;
    private long sinceMillis;
    private Route route = Route.OTHER;
    /** When the request's head came, or 0 when its time is not taken. */
    private long begunNanos;

    Use(long sinceMillis) {
      this.sinceMillis = sinceMillis;
    }

    boolean busy() {
      return last != null && !last.ended() && !last.closed();
    }
  }

  void opened(HttpConnection connection) {
    uses.put(connection, new Use(nowMillis));
    connection.closeHandler(closed -> uses.remove(connection));
  }

  /** A request's head has come. */
  void begun(HttpServerRequest request, Route route) {
    Use use = uses.get(request.connection());
    if (use != null) {
      use.last = request.response();
      use.sinceMillis = nowMillis;
      use.route = route;
      use.begunNanos = counts && timed < TIMED_MAX ? monotonicNanos.getAsLong() : 0;
      timed++;
    }
  }

  /** The request being served has to wait for news. */
  void waits(HttpServerRequest request) {
    Use use = uses.get(request.connection());
    if (use != null) {
      use.route = use.route.waited();
    }
  }

  /** The answer begins. */
  void answered(HttpServerRequest request, int status) {
    Use use = counts ? uses.get(request.connection()) : null;
    if (use != null) {
      Requests.Alike alike = requests.alike(use.route, request.method(), status);
      alike.count().increment();
      if (use.begunNanos != 0) {
        alike.times().count((monotonicNanos.getAsLong() - use.begunNanos) / 1_000);
      }
    }
  }

  private void sweep() {
    nowMillis += sweepMillis;
    timed = 0;
    List<HttpConnection> idle = new ArrayList<>();
    uses.forEach((connection, use) -> {
      if (use.busy()) {
        use.sinceMillis = nowMillis;
      } else if (nowMillis - use.sinceMillis >= idleMillis) {
        idle.add(connection);
      }
    });
    idle.forEach(HttpConnection::close);
  }
}
