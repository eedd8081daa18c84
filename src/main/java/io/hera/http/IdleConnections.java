package io.hera.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections that have had nothing to do for too long. One an HTTP verticle, used on its context only.
 *
 * <p>The server's own idle time-out counts bytes, and would cut off who waits for a change; it would have to be as long as the
 * longest wait. Here a connection is busy from its request's head to the end of the answer; how long that may take is bounded
 * by {@link Bodies} and {@link Watchers}.
 */
final class IdleConnections {
  private static final long SWEEP_MILLIS_MAX = 1_000;

  private final long idleMillis;
  private final long sweepMillis;
  private final Map<HttpConnection, Use> uses = new HashMap<>();
  private long nowMillis;

  IdleConnections(Vertx vertx, long idleMillis) {
    this.idleMillis = idleMillis;
    this.sweepMillis = Math.max(1, Math.min(SWEEP_MILLIS_MAX, idleMillis / 8));
    vertx.setPeriodic(sweepMillis, timer -> sweep());
  }

  /** The last answer on a connection, and since when nothing has happened there. */
  private static final class Use {
    private @Nullable HttpServerResponse last;
    private long sinceMillis;

    Use(long sinceMillis) {
      this.sinceMillis = sinceMillis;
    }

    boolean busy() {
      return last != null && !last.ended() && !last.closed();
    }
  }

  void connected(HttpConnection connection) {
    uses.put(connection, new Use(nowMillis));
    connection.closeHandler(closed -> uses.remove(connection));
  }

  void used(HttpServerRequest request) {
    Use use = uses.get(request.connection());
    if (use != null) {
      use.last = request.response();
      use.sinceMillis = nowMillis;
    }
  }

  private void sweep() {
    nowMillis += sweepMillis;
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
