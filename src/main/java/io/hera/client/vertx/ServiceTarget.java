package io.hera.client.vertx;

import io.hera.client.Instance;
import io.hera.client.Snapshot;
import io.hera.client.Status;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.endpoint.EndpointBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The servers of a service: a list for each snapshot. Any thread asks for it, with each request. The
 * first request after a change makes the list, in time linear in the number of instances; all others read
 * a field.
 *
 * <p>Instances that drain are left out, and so are those without an address. The order is random, for load
 * balancers that begin with the first server after each change.
 */
final class ServiceTarget implements Target {
  private final Followed service;
  private final EndpointBuilder<Object, Server> builder;
  private final RandomGenerator random;
  private volatile Made made;

  /** The list of a snapshot. */
  private record Made(Snapshot snapshot, Map<String, Server.OfService> servers, Object list) {}

  ServiceTarget(Followed service, EndpointBuilder<Object, Server> builder, RandomGenerator random) {
    this.service = service;
    this.builder = builder;
    this.random = random;
    this.made = make(service.current(), Map.of());
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // A new snapshot is another object.
  public Object servers() {
    Snapshot newest = service.current();
    Made known = made;
    if (known.snapshot() != newest) {
      known = make(newest, known.servers());
      made = known;
    }
    if (known.servers().isEmpty()) {
      throw service.nothingToCall();
    }
    return known.list();
  }

  private Made make(Snapshot snapshot, Map<String, Server.OfService> before) {
    Map<String, Server.OfService> servers = new LinkedHashMap<>();
    for (Instance instance : shuffled(snapshot.instances())) {
      server(instance, before).ifPresent(server -> servers.put(instance.id(), server));
    }
    EndpointBuilder<Object, Server> list = builder;
    for (Server.OfService server : servers.values()) {
      list = list.addServer(server, server.id());
    }
    return new Made(snapshot, servers, list.build());
  }

  private List<Instance> shuffled(List<Instance> instances) {
    List<Instance> shuffled = new ArrayList<>(instances);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, random.nextInt(i + 1));
    }
    return shuffled;
  }

  /** Returns the server of an instance: the known one, unless the document has changed. */
  private Optional<Server.OfService> server(
      Instance instance, Map<String, Server.OfService> before) {
    Optional<Server.OfService> known = Optional.ofNullable(before.get(instance.id()))
        .filter(server -> server.document().equals(instance.document()));
    if (known.isPresent() || instance.status() == Status.DRAIN) {
      return known;
    }
    return instance
        .address()
        .map(at -> SocketAddress.inetSocketAddress(at.getPort(), at.getHostString()))
        .map(at -> new Server.OfService(instance.id(), instance.document(), at, service));
  }

  @Override
  public void close() {
    service.close();
  }
}
