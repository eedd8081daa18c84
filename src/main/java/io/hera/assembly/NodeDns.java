package io.hera.assembly;

import io.hera.config.Config;
import io.hera.config.ConfigException;
import io.hera.config.DnsSettings;
import io.hera.config.source.Fault;
import io.hera.dns.DnsVerticle;
import io.hera.http.ServerContext;
import io.hera.store.Store;
import io.hera.wire.NodeStatus;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The DNS server of a node; none, unless its configuration has a port for it. One per node. */
public final class NodeDns {
  private final Config config;
  private final Optional<DnsVerticle> verticle;

  /**
   * The DNS server of a node with this configuration.
   *
   * @param server the state of the node: its readiness, and the rules of access
   * @param random shuffles answers
   */
  public NodeDns(Store store, ServerContext server, Config config, RandomGenerator random) {
    this.config = config;
    this.verticle = PartSettings.dns(config, server.wall().millis() / 1_000)
        .map(settings -> new DnsVerticle(
            store,
            settings,
            PartSettings.dnsTerms(config),
            server.readiness()::ready,
            server.access()::strangersReads,
            server.counters().leftOut(),
            server.monotonicNanos(),
            random));
  }

  /** Deploys it by {@code deployer}; fails with a {@link ConfigException} if it cannot bind its addresses. */
  public Future<String> deploy(Function<Deployable, Future<String>> deployer) {
    return verticle
        .map(dns -> deployer.apply(dns).recover(failure -> Future.failedFuture(fault(failure))))
        .orElseGet(() -> Future.succeededFuture(""));
  }

  private ConfigException fault(Throwable failure) {
    String rule = "cannot be bound at " + config.dns().hosts() + ": " + failure.getMessage();
    String port = Integer.toString(config.dns().port());
    return new ConfigException(List.of(new Fault("hera", 0, DnsSettings.PORT.key(), port, rule)));
  }

  /** Changes the settings while running. */
  public void configure(Config changed) {
    verticle.ifPresent(dns -> dns.configure(PartSettings.dnsTerms(changed)));
  }

  /** Returns what operators see of it, if there is one. */
  public Future<Optional<NodeStatus.Dns>> report() {
    return verticle
        .map(DnsVerticle::report)
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }
}
