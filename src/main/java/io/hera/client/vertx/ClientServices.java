package io.hera.client.vertx;

import io.hera.client.Balancer;
import io.hera.client.ClientStatus.NodeState;
import io.hera.client.HeraClient;
import io.hera.client.Match;
import io.hera.client.ServiceView;
import io.hera.client.Snapshot;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * The services that a client watches. The client shares the watch, and the counters of its balancer, among
 * all equal addresses, and keeps both for minutes after the last use.
 */
record ClientServices(HeraClient client) implements Services {
  @Override
  public Followed follow(HeraAddress address) {
    return new Viewed(
        client, client.watch(address.service(), address.matches().toArray(Match[]::new)));
  }

  /** A service, followed by a view. */
  private record Viewed(HeraClient client, ServiceView view) implements Followed {
    @Override
    public Snapshot current() {
      return view.current();
    }

    @Override
    public CompletionStage<Snapshot> first() {
      return view.first();
    }

    @Override
    public Balancer balancer() {
      return view.balancer();
    }

    @Override
    public String reasons() {
      return client.status().nodes().stream()
          .filter(node -> node.state() == NodeState.ASIDE)
          .map(node -> node.url() + ": " + node.lastError().orElse("does not answer"))
          .collect(Collectors.joining("; "));
    }

    @Override
    public void close() {
      view.close();
    }
  }
}
