package io.hera.client.vertx;

import io.vertx.core.net.endpoint.InteractionMetrics;
import io.vertx.core.net.endpoint.LoadBalancer;
import io.vertx.core.net.endpoint.ServerEndpoint;
import io.vertx.core.net.endpoint.ServerSelector;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Chooses an instance for each request of an HTTP client of Vert.x, as {@link
 * io.hera.client.Balancer} does: the less loaded of two random ones, of the own zone, and none that
 * cannot be connected to. A routing key ({@code RequestOptions.setRoutingKey}) goes to the same instance
 * each time. Thread-safe.
 *
 * <p>A request that cannot be connected, or fails otherwise, counts as a failure of its instance; an
 * answer, also 500, as a success. Three failures in a row count as an instance that is down; so do those of
 * requests that the application resets. A request counts as in flight for about a minute at most: Vert.x
 * does not report the end of each that the application drops.
 */
public final class HeraBalancer implements LoadBalancer {
  private final OpenCalls calls;

  HeraBalancer(LongSupplier nanos) {
    calls = new OpenCalls(nanos);
  }

  /** Returns a balancer; clients may share it. */
  public static HeraBalancer create() {
    return new HeraBalancer(System::nanoTime);
  }

  /** For Vert.x. */
  @Override
  public InteractionMetrics<?> newMetrics() {
    return new Gauge(calls);
  }

  /** For Vert.x. Servers that are not from a {@link HeraResolver} are chosen at random. */
  @Override
  public ServerSelector selector(List<? extends ServerEndpoint> servers) {
    return !servers.isEmpty() && servers.get(0).unwrap() instanceof Server.OfService first
        ? new Selector(first.service(), servers)
        : RANDOM.selector(servers);
  }
}
