package io.hera.client.vertx;

import io.hera.client.HeraClient;
import io.hera.client.Locality;
import io.vertx.core.Vertx;
import io.vertx.core.net.Address;
import io.vertx.core.net.AddressResolver;
import io.vertx.core.spi.endpoint.EndpointResolver;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Resolves names of services for HTTP clients of Vert.x. Immutable and thread-safe; one serves any
 * number of clients.
 *
 * <pre>{@code
 * HeraClient hera = HeraClient.create("http://10.0.0.1:8080,http://10.0.0.2:8080");
 * HttpClient http = vertx.httpClientBuilder()
 *     .withAddressResolver(HeraResolver.of(hera))
 *     .withLoadBalancer(HeraBalancer.create())
 *     .build();
 * WebClient web = WebClient.wrap(http);
 * web.getAbs("http://orders.hera/7").send();
 * }</pre>
 *
 * <p><b>Addresses.</b> A host that ends in {@code .hera} names a service, and its port is ignored. A
 * {@link HeraAddress} does, too. Any other host and port is called as it is, so that plain URLs and
 * redirects to them work. An HTTP proxy would have to know {@code orders.hera}: add {@code *.hera} to
 * the hosts without proxy.
 *
 * <p><b>Failures.</b> The first request of a service waits for the first answer of a node, at most for
 * the patience of the client; all others have their instance at once, also while no node answers. A
 * request to a service without an instance that may be called fails with a {@link
 * io.hera.client.HeraException}.
 *
 * <p><b>Watches.</b> A service is watched from its first request until some minutes after its last one. If
 * the HTTP client is closed before, Vert.x does not report that: the watch ends with the Hera client.
 *
 * <p>Use {@link HeraBalancer}. A load balancer of Vert.x also calls instances that say that they are
 * down, or that are only held, and forgets all calls in flight when an instance comes or goes.
 */
public final class HeraResolver implements AddressResolver<Address> {
  private static final String SUFFIX = ".hera";
  private static final RandomGenerator RANDOM =
      () -> ThreadLocalRandom.current().nextLong();

  private final Services services;
  private final String suffix;

  private HeraResolver(Services services, String suffix) {
    this.services = services;
    this.suffix = suffix;
  }

  /**
   * Returns a resolver that follows services by a client. It does not close the client: close that
   * after the HTTP clients.
   */
  public static HeraResolver of(HeraClient client) {
    return new HeraResolver(new ClientServices(client), SUFFIX);
  }

  /**
   * Returns a resolver of a process with a node of its own: it asks that node over the event bus, and
   * prefers no zone. Made in a verticle, also one of a worker, it follows changes as long as that is
   * deployed.
   */
  public static HeraResolver local(Vertx vertx) {
    return local(vertx, Locality.ANYWHERE);
  }

  /**
   * Returns a resolver as {@link #local(Vertx)} does.
   *
   * @param place of this process, whose zone is preferred
   */
  public static HeraResolver local(Vertx vertx, Locality place) {
    LocalServices.Means means =
        new LocalServices.Means(EventLoop.of(vertx), place, System::nanoTime, RANDOM::nextLong);
    return new HeraResolver(new LocalServices(means), SUFFIX);
  }

  /**
   * Returns a copy with another ending of hosts that name services, instead of {@code .hera}.
   *
   * @throws IllegalArgumentException if it is not a point and a name
   */
  public HeraResolver withSuffix(String ending) {
    if (!ending.matches("(\\.[A-Za-z0-9_-]+)+")) {
      throw new IllegalArgumentException("suffix: \"" + ending + "\" is not like \".hera\"");
    }
    return new HeraResolver(services, ending);
  }

  /** For Vert.x. */
  @Override
  public EndpointResolver<Address, ?, ?, ?> endpointResolver(Vertx vertx) {
    return new Endpoints(services, suffix, RANDOM);
  }
}
