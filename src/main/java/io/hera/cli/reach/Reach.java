package io.hera.cli.reach;

import io.hera.access.TokenReader;
import io.hera.cli.nodes.NodeUrl;
import io.hera.cli.shell.CommandFailed;
import io.hera.cli.shell.ExitCode;
import io.hera.tls.TlsException;
import io.hera.tls.TlsFault;
import io.hera.tls.TlsMaterial;
import io.hera.tls.TlsSource;
import io.hera.wire.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * The nodes that a command asks, and as whom. What an option says counts first, then the variables {@code HERA_…}, then the context in
 * use, then {@code http://127.0.0.1:8080}. A context that an option names counts as that option. The one in use is left aside when
 * the nodes come from elsewhere, since its token is not meant for them.
 *
 * @param nodes in the order in which they are asked
 * @param ranks the same as a text: a comma separates nodes of one rank, a semicolon ranks
 * @param zone where this process is
 * @param token shown to nodes by TLS, or on this machine
 * @param tls empty if no node is asked by TLS
 * @param timeout for all nodes together
 */
public record Reach(
    List<NodeUrl> nodes,
    String ranks,
    Optional<String> zone,
    Optional<String> token,
    Optional<SSLContext> tls,
    Duration timeout) {
  private static final String DEFAULT = "http://127.0.0.1:8080";
  private static final String TOKEN = "HERA_TOKEN";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long TIMEOUT_MILLIS_MAX = 3_600_000;

  /** Copies the list. */
  public Reach {
    nodes = List.copyOf(nodes);
  }

  /** Returns what options, environment and contexts say. */
  public static Reach of(ReachOptions options, Map<String, String> environment) {
    Duration timeout = options.timeout().orElse(TIMEOUT);
    Values values = values(options, environment);
    String list = values.value(ContextKey.NODES).orElse(DEFAULT);
    List<NodeUrl> nodes = nodes(list);
    boolean secure = nodes.stream().anyMatch(NodeUrl::isSecure);
    return new Reach(
        nodes,
        ranks(list),
        values.value(ContextKey.ZONE),
        token(values, environment),
        secure ? Optional.of(tls(values)) : Optional.empty(),
        timeout);
  }

  /** Returns a duration that was typed. */
  public static Duration duration(String option, String text) {
    OptionalLong millis = Durations.millis(text);
    if (millis.isEmpty() || millis.getAsLong() < 1 || millis.getAsLong() > TIMEOUT_MILLIS_MAX) {
      throw wrong(option + ": " + text + " is not a duration in 1ms..1h, such as 5s");
    }
    return Duration.ofMillis(millis.getAsLong());
  }

  /** The sources of values, the first one first. */
  private record Values(
      Optional<String> nodes,
      Optional<Context> named,
      Map<String, String> environment,
      Optional<Context> used) {
    Optional<String> value(ContextKey key) {
      return (key == ContextKey.NODES ? nodes : Optional.<String>empty())
          .or(() -> named.flatMap(context -> context.value(key)))
          .or(() -> variable(environment, key.variable()))
          .or(() -> used.flatMap(context -> context.value(key)));
    }

    /** Returns whether the token in the environment counts before the file of the context in use. */
    boolean hasFileByName() {
      return named.flatMap(context -> context.value(ContextKey.TOKEN_FILE)).isPresent()
          || variable(environment, ContextKey.TOKEN_FILE.variable()).isPresent();
    }
  }

  private static Values values(ReachOptions options, Map<String, String> environment) {
    if (options.context().isPresent() && options.nodes().isPresent()) {
      throw wrong("--context and --nodes name nodes: leave one of them out");
    }
    Contexts contexts = Contexts.of(environment);
    Optional<Context> named = options.context().map(contexts::read);
    boolean elsewhere = options.nodes().isPresent()
        || named.isPresent()
        || variable(environment, ContextKey.NODES.variable()).isPresent();
    Optional<Context> used = elsewhere ? Optional.empty() : contexts.current().map(contexts::read);
    return new Values(options.nodes(), named, environment, used);
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.of(environment.getOrDefault(name, "")).filter(value -> !value.isEmpty());
  }

  private static List<NodeUrl> nodes(String text) {
    try {
      return NodeUrl.list(text);
    } catch (IllegalArgumentException malformed) {
      throw wrong(String.valueOf(malformed.getMessage()));
    }
  }

  private static String ranks(String list) {
    return Arrays.stream(list.split(";", -1))
        .map(rank -> nodes(rank).stream().map(NodeUrl::toString).collect(Collectors.joining(",")))
        .collect(Collectors.joining(";"));
  }

  /** Returns whether the token may be shown to this node: without TLS, only where no other machine can read it. */
  public static boolean mayShowToken(NodeUrl node) {
    return node.isSecure() || LoopbackHost.is(node.address().host());
  }

  /** Returns the token in the environment; a file wins over the variable that has the token itself. */
  public static Optional<String> token(Map<String, String> environment) {
    Values values = new Values(Optional.empty(), Optional.empty(), environment, Optional.empty());
    return token(values, environment);
  }

  private static Optional<String> token(Values values, Map<String, String> environment) {
    Optional<String> given = variable(environment, TOKEN);
    if (given.isPresent() && !values.hasFileByName()) {
      return Optional.of(checked(TOKEN, given.get()));
    }
    return values.value(ContextKey.TOKEN_FILE).map(file -> checked(file, SecretFile.text(file)));
  }

  private static String checked(String source, String content) {
    String token = content.strip();
    if (new TokenReader().hash(token).isEmpty()) {
      throw wrong(source + ": does not contain a token, as hera token makes it");
    }
    return token;
  }

  private static SSLContext tls(Values values) {
    Optional<String> certificate = values.value(ContextKey.CERT);
    Optional<String> key = values.value(ContextKey.KEY);
    if (certificate.isPresent() != key.isPresent()) {
      throw wrong("a certificate needs its key, and a key its certificate: cert and key");
    }
    key.ifPresent(SecretFile::check);
    TlsSource source = TlsSource.files(
        certificate.orElse(""), key.orElse(""), values.value(ContextKey.CA), Optional.empty());
    try {
      return key.isPresent()
          ? TlsMaterial.read(source.read()).clientContext()
          : source.readTrust().clientContext();
    } catch (TlsException faulty) {
      throw new CommandFailed(
          ExitCode.USAGE, faulty.faults().stream().map(TlsFault::toString).toList());
    }
  }

  private static CommandFailed wrong(String line) {
    return new CommandFailed(ExitCode.USAGE, line);
  }
}
