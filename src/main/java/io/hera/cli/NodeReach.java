package io.hera.cli;

import io.hera.cli.nodes.ClusterNodes;
import io.hera.cli.nodes.NodeClient;
import io.hera.cli.nodes.Phrasing;
import io.hera.config.ConfigLoader;
import io.hera.config.Credentials;
import io.hera.config.source.HostNames;
import io.hera.tls.TlsException;
import io.hera.tls.TlsSource;
import io.hera.tls.Trust;
import io.hera.wire.Address;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The nodes that a command asks, and how.
 *
 * @param addresses {@code host:port} of each
 * @param trust by which nodes are trusted that are asked by TLS; empty if they are asked without
 * @param tokens {@code host:port} → the token that the node there is shown
 * @param extent which of the cluster's nodes these are
 */
record NodeReach(
    List<String> addresses,
    Optional<Trust> trust,
    Function<String, Optional<String>> tokens,
    Extent extent) {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String TOKEN_FILE = "HERA_TOKEN_FILE";
  private static final String TOKEN = "HERA_TOKEN";

  /** Which of a cluster's nodes are known. */
  enum Extent {
    /** Those of a configuration. */
    ALL,
    /** Some, which may know others. */
    SOME
  }

  /** Returns a client that asks them for their histories. */
  NodeClient client() {
    return new NodeClient(trust, tokens, TIMEOUT);
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

  /** Returns the nodes of a configuration or, without one, those at these addresses. */
  static NodeReach of(CommandSpec spec, Optional<String> config, List<String> addresses)
      throws IOException {
    if (config.isPresent() != addresses.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "give either -c FILE or HOST:PORT of a node");
    }
    for (String address : addresses) {
      if (Address.parse(address).isEmpty()) {
        throw new ParameterException(spec.commandLine(), address + " is not HOST:PORT");
      }
    }
    return config.isPresent()
        ? configured(config.get())
        : of(addresses, Optional.empty(), Extent.SOME);
  }

  private static NodeReach configured(String file) throws IOException {
    ConfigLoader.check(file);
    ConfigLoader.Reach reach = ConfigLoader.reach(file, Files.readAllBytes(Path.of(file)));
    Optional<TlsSource> tls = reach.tls().source();
    try {
      return of(
          reach.addresses(),
          tls.isPresent() ? Optional.of(tls.get().readTrust()) : Optional.empty(),
          Extent.ALL);
    } catch (TlsException faulty) {
      throw new IllegalArgumentException(faulty.getMessage(), faulty);
    }
  }

  private static NodeReach of(List<String> addresses, Optional<Trust> trust, Extent extent)
      throws IOException {
    Optional<String> token = token(System.getenv());
    return new NodeReach(
        addresses, trust, at -> token.filter(any -> trust.isPresent() || isLoopback(at)), extent);
  }

  /** Returns the token to show; a file wins over the variable that has the token itself. */
  static Optional<String> token(Map<String, String> environment) throws IOException {
    String file = environment.getOrDefault(TOKEN_FILE, "");
    if (!file.isEmpty()) {
      ConfigLoader.check(file);
      return Optional.of(Credentials.token(file, Files.readAllBytes(Path.of(file))));
    }
    String token = environment.getOrDefault(TOKEN, "");
    return token.isEmpty()
        ? Optional.empty()
        : Optional.of(Credentials.token(TOKEN, token.getBytes(StandardCharsets.UTF_8)));
  }

  /** Without TLS, a token is sent where no other machine can read it. */
  private static boolean isLoopback(String address) {
    return Address.parse(address)
        .filter(at -> HostNames.loopback(at.host()).isPresent())
        .isPresent();
  }
}
