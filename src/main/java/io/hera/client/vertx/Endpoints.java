package io.hera.client.vertx;

import io.hera.client.Snapshot.Freshness;
import io.vertx.core.Future;
import io.vertx.core.net.Address;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.endpoint.EndpointBuilder;
import io.vertx.core.spi.endpoint.EndpointResolver;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The resolver of one HTTP client, as Vert.x wants it. The type of its lists is known to Vert.x alone.
 *
 * <p>Vert.x calls {@link #resolve} while it holds a lock, without a time limit, and does not remember a
 * failure: it must not wait, and not ask the network for each call. So it leaves both to the watch of the
 * service, which goes on after a failure and answers the next call from memory.
 *
 * <p>Targets stay valid, whatever nodes do: for an invalid one, Vert.x would resolve the address again, in
 * the way of a request, and never dispose of the old target. It disposes of those that are old or not
 * used; it closes neither the rest nor this resolver, when the HTTP client is closed.
 */
final class Endpoints implements EndpointResolver<Address, Server, Target, Object> {
  private final Services services;
  private final String suffix;
  private final RandomGenerator random;

  Endpoints(Services services, String suffix, RandomGenerator random) {
    this.services = services;
    this.suffix = suffix;
    this.random = random;
  }

  /**
   * Returns the address that is resolved; null for addresses of other resolvers. Plain ones are
   * resolved too. Otherwise Vert.x 5.0 would fail them, and 5.1 would draw one of all the addresses that
   * DNS has for the host, also of a family on which it does not listen.
   */
  @Override
  public @Nullable Address tryCast(Address address) {
    if (address instanceof SocketAddress socket) {
      String host = socket.host();
      return host != null && isService(host)
          ? HeraAddress.of(host.substring(0, host.length() - suffix.length()))
          : socket;
    }
    return address instanceof HeraAddress ? address : null;
  }

  private boolean isService(String host) {
    int length = host.length() - suffix.length();
    return length > 0 && host.regionMatches(true, length, suffix, 0, suffix.length());
  }

  @Override
  public Future<Target> resolve(Address address, EndpointBuilder<Object, Server> builder) {
    if (address instanceof SocketAddress plain) {
      Object servers =
          builder.addServer(new Server.Plain(plain), plain.toString()).build();
      return Future.succeededFuture(new Target.Fixed(servers));
    }
    try {
      return resolved(services.follow((HeraAddress) address), builder);
    } catch (IllegalArgumentException | IllegalStateException refused) {
      return Future.failedFuture(refused);
    }
  }

  /**
   * The future has no context, since all callers of the service share it: on that of the first caller,
   * they would wait until its thread is free. Vert.x takes the result to the context of each.
   */
  private Future<Target> resolved(Followed service, EndpointBuilder<Object, Server> builder) {
    if (service.current().freshness() != Freshness.COLD) {
      return Future.succeededFuture(new ServiceTarget(service, builder, random));
    }
    return Future.fromCompletionStage(service.first())
        .<Target>map(first -> new ServiceTarget(service, builder, random))
        .onFailure(why -> service.close());
  }

  @Override
  public SocketAddress addressOf(Server server) {
    return server.address();
  }

  @Override
  public Object endpoint(Target target) {
    return target.servers();
  }

  @Override
  public boolean isValid(Target target) {
    return true;
  }

  @Override
  public void dispose(Target target) {
    target.close();
  }

  /** Does nothing: services belong to the client that follows them. */
  @Override
  public void close() {}
}
