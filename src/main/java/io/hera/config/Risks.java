package io.hera.config;

import io.hera.config.source.BusReach;
import io.hera.config.source.HostNames;
import io.hera.config.source.SwitchedFile;
import io.hera.config.source.TlsSetting;
import io.hera.wire.Networks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The risks of a configuration that is allowed. */
final class Risks {
  private Risks() {}

  /** Returns the risks, one line each. */
  static List<String> of(Config config) {
    List<String> risks = new ArrayList<>();
    open(config).ifPresent(risks::add);
    if (config.access() instanceof SwitchedFile.Named && config.eventBus() == BusReach.CLUSTER) {
      risks.add("event-bus: every process that joins the event-bus cluster may read and write,"
          + " whatever the access file says");
    }
    openDns(config).ifPresent(risks::add);
    addTwins(config, risks);
    return risks;
  }

  /** A port beyond loopback at which every client may do everything. */
  private static Optional<String> open(Config config) {
    boolean isClear = config.tls().setting() instanceof TlsSetting.Unset;
    String without =
        isClear ? "there is no TLS and no access control" : "there is no access control";
    String open = "open to the network: every program that reaches %s may read and write; %s";
    if (HostNames.loopback(config.host()).isPresent()) {
      return Optional.empty();
    } else if (config.listenInClear().isPresent()) {
      String until = "there is no TLS and no access control until it is removed";
      return Optional.of("plaintext: " + open.formatted(config.listenInClear().get(), until));
    }
    return isMeant(config)
        ? Optional.empty()
        : Optional.of("host: " + open.formatted(config.listen(), without));
  }

  /** Answers to senders that can be forged are a weapon against those. */
  private static Optional<String> openDns(Config config) {
    return config.dns().port() > 0 && config.dns().allow().equals(Networks.ANY)
        ? Optional.of(
            "dns.allow: any: answers are up to 20 times as long as questions, whose senders can be forged")
        : Optional.empty();
  }

  /** Returns whether access is limited, or the operator has said that neither access nor encryption is Hera's business. */
  private static boolean isMeant(Config config) {
    boolean saysSo = config.access() instanceof SwitchedFile.Off
        && !(config.tls().setting() instanceof TlsSetting.Unset);
    return config.access() instanceof SwitchedFile.Named || saysSo;
  }

  /** Two nodes with one host name and port. */
  private static void addTwins(Config config, List<String> risks) {
    Map<String, String> owners = new HashMap<>();
    config.cluster().forEach((node, address) -> {
      String owner = owners.putIfAbsent(HostNames.plain(address.clear()), node);
      if (owner != null) {
        risks.add("cluster: " + node + " and " + owner + " are both at " + address.clear());
      }
    });
  }
}
