package io.hera.cli;

import io.hera.cli.nodes.ClusterNodes;
import io.hera.cli.nodes.NodeClient;
import io.hera.cli.nodes.NodeUrl;
import io.hera.cli.nodes.Phrasing;
import io.hera.cli.reach.LoopbackHost;
import io.hera.cli.reach.Reach;
import io.hera.cli.reach.ReachOptions;
import io.hera.config.ConfigLoader;
import io.hera.tls.TlsException;
import io.hera.tls.TlsSource;
import io.hera.tls.Trust;
import io.hera.wire.Address;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The nodes that a command asks which compares them, and how.
 *
 * @param addresses {@code host:port} of each
 * @param tls empty if they are asked without
 * @param tokens {@code host:port} → the token that the node there is shown
 * @param extent which of the cluster's nodes these are
 */
record NodeReach(
    List<String> addresses,
    Optional<SSLContext> tls,
    Function<String, Optional<String>> tokens,
    Extent extent) {
  /** Which of a cluster's nodes are known. */
  enum Extent {
    /** Those of a configuration. */
    ALL,
    /** Some, which may know others. */
    SOME
  }

  /** Returns a client that asks them. */
  NodeClient client(Duration timeout) {
    return new NodeClient(tls, tokens, timeout);
  }

  /**
   * Returns these nodes, and those that they know if others may be missing.
   *
   * @param err gets a line if some of them do not say which they know
   */
  List<String> nodes(NodeClient client, PrintWriter err) {
    return switch (extent) {
      case ALL -> addresses;
      case SOME ->
        ClusterNodes.from(client, addresses, line -> err.println(Phrasing.printable(line)));
    };
  }

  /** The nodes that a command line names, in one of three ways. */
  record Named(Optional<String> config, List<String> addresses, ReachOptions options) {}

  /** Returns the nodes of a configuration, those at addresses or, if neither is given, those that every command asks. */
  static NodeReach of(CommandSpec spec, Named named, Map<String, String> environment)
      throws IOException {
    boolean listed = !named.addresses().isEmpty();
    boolean given = listed || named.config().isPresent();
    boolean twice = listed && named.config().isPresent();
    if (twice || (given && named.options().namesNodes())) {
      throw new ParameterException(
          spec.commandLine(), "give either -c FILE, HOST:PORT of a node, or --nodes or --context");
    }
    for (String address : named.addresses()) {
      if (Address.parse(address).isEmpty()) {
        throw new ParameterException(spec.commandLine(), address + " is not HOST:PORT");
      }
    }
    if (!given) {
      return usual(named.options(), environment);
    }
    Optional<String> token = Reach.token(environment);
    return named.config().isPresent()
        ? configured(named.config().get(), token)
        : of(named.addresses(), Optional.empty(), token, Extent.SOME);
  }

  /** The clients of such commands ask all nodes in the same way. */
  private static NodeReach usual(ReachOptions options, Map<String, String> environment) {
    Reach reach = Reach.of(options, environment);
    if (reach.nodes().stream().map(NodeUrl::scheme).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "the nodes are to be asked either all by https or all by http");
    }
    List<String> addresses =
        reach.nodes().stream().map(node -> node.address().toString()).toList();
    return of(addresses, reach.tls(), reach.token(), Extent.SOME);
  }

  private static NodeReach configured(String file, Optional<String> token) throws IOException {
    ConfigLoader.check(file);
    ConfigLoader.Reach reach = ConfigLoader.reach(file, Files.readAllBytes(Path.of(file)));
    Optional<TlsSource> tls = reach.tls().source();
    try {
      Optional<Trust> trust =
          tls.isPresent() ? Optional.of(tls.get().readTrust()) : Optional.empty();
      return of(reach.addresses(), trust.map(Trust::clientContext), token, Extent.ALL);
    } catch (TlsException faulty) {
      throw new IllegalArgumentException(faulty.getMessage(), faulty);
    }
  }

  private static NodeReach of(
      List<String> addresses, Optional<SSLContext> tls, Optional<String> token, Extent extent) {
    return new NodeReach(
        addresses, tls, at -> token.filter(any -> tls.isPresent() || isLoopback(at)), extent);
  }

  /** Without TLS, a token is sent where no other machine can read it. */
  private static boolean isLoopback(String address) {
    return Address.parse(address).filter(at -> LoopbackHost.is(at.host())).isPresent();
  }
}
