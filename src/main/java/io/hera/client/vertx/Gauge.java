package io.hera.client.vertx;

import io.hera.client.Balancer.Pick;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.net.endpoint.InteractionMetrics;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Passes the ends of the calls of one server to the balancer. Thread-safe.
 *
 * <p>Vert.x makes a gauge for each server of each list, and throws it away with the list; so it counts
 * nothing. The counters are those of the balancer. The selector puts a call here when it chooses the server,
 * and Vert.x takes it when it begins the request.
 */
final class Gauge implements InteractionMetrics<Optional<Pick>> {
  private final OpenCalls calls;
  private final Deque<Pick> chosen = new ConcurrentLinkedDeque<>();

  Gauge(OpenCalls calls) {
    this.calls = calls;
  }

  void chosen(Pick call) {
    calls.begin(call, this);
    chosen.push(call);
  }

  /** Ends a call that Vert.x has lost. */
  void forget(Pick call) {
    chosen.remove(call);
    call.abandon();
  }

  @Override
  public Optional<Pick> initiateRequest() {
    return Optional.ofNullable(chosen.poll());
  }

  @Override
  public void reportResponseEnd(Optional<Pick> call) {
    call.ifPresent(ended -> {
      calls.end(ended);
      ended.close();
    });
  }

  /** Ends a call as a failure, unless this process had too many requests to begin it. */
  @Override
  public void reportFailure(Optional<Pick> call, Throwable why) {
    call.ifPresent(ended -> {
      calls.end(ended);
      if (why instanceof ConnectionPoolTooBusyException) {
        ended.abandon();
      } else {
        ended.failed(why);
      }
    });
  }
}
