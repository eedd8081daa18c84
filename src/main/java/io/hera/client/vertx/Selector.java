package io.hera.client.vertx;

import io.hera.client.Balancer;
import io.hera.client.Balancer.Pick;
import io.vertx.core.net.endpoint.ServerEndpoint;
import io.vertx.core.net.endpoint.ServerSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Chooses among the servers of one list by the balancer of their service. Thread-safe. */
final class Selector implements ServerSelector {
  private final Followed service;
  private final List<? extends ServerEndpoint> servers;
  private final Map<String, Integer> places = new HashMap<>();

  /** The ids that the balancer has chosen, and the list does not have: mostly they have no address. */
  private final Set<String> absent = ConcurrentHashMap.newKeySet();

  Selector(Followed service, List<? extends ServerEndpoint> servers) {
    this.service = service;
    this.servers = servers;
    for (int i = 0; i < servers.size(); i++) {
      places.put(servers.get(i).key(), i);
    }
  }

  @Override
  public int select() {
    Balancer balancer = service.balancer();
    return place(absent.isEmpty() ? balancer.pick() : balancer.pickNot(absent));
  }

  @Override
  public int select(String key) {
    return place(service.balancer().pick(key));
  }

  private int place(Optional<Pick> first) {
    Optional<Pick> chosen = first;
    while (chosen.isPresent()) {
      Pick pick = chosen.get();
      Optional<Integer> place = Optional.ofNullable(places.get(pick.instance().id()));
      if (place.isPresent()) {
        count(pick, servers.get(place.get()));
        return place.get();
      }
      pick.abandon();
      absent.add(pick.instance().id());
      chosen = service.balancer().pickNot(absent);
    }
    throw service.nothingToCall();
  }

  private static void count(Pick pick, ServerEndpoint server) {
    if (server.metrics() instanceof Gauge gauge) {
      gauge.chosen(pick);
    } else {
      pick.abandon();
    }
  }
}
