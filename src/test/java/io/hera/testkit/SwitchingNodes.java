package io.hera.testkit;

import io.hera.Node;
import io.hera.cli.doctor.Doctor;
import io.hera.config.Config;
import io.hera.config.Settings;
import io.hera.config.Values;
import io.hera.config.source.ClusterNodes;
import io.hera.config.source.NodeAddress;
import io.hera.config.source.SwitchedFile;
import io.hera.config.source.TlsSetting;
import io.hera.testkit.TestCa.Issued;
import io.hera.tls.TlsException;
import io.hera.tls.TlsSource;
import io.hera.tls.Trust;
import io.hera.wire.Address;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Whole nodes in this JVM that switch TLS and access control on while their cluster runs, or off. Closing stops them. */
public final class SwitchingNodes implements AutoCloseable {
  /** Half of a pull's time, twice this, is enough for a handshake on a busy machine. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  public final TestCa ca = new TestCa();
  private final Vertx vertx = Vertx.vertx();
  private final Path directory;
  private final Map<String, NodeAddress> cluster = new TreeMap<>();
  private final Map<String, Node> running = new TreeMap<>();
  private final HttpClient http = TlsNodes.client(ca.clientContext());

  /** A state of the configuration. */
  public enum Stage {
    /** Before: without TLS and access control. */
    CLEAR,
    /** The first roll-out: both ports. */
    BOTH,
    /** The second: TLS alone. */
    STRICT
  }

  /** A cluster of nodes with these names, none of which is started yet; {@code directory} gets their files. */
  public SwitchingNodes(Path directory, String... names) {
    this.directory = directory;
    List<Integer> ports = Ports.free(2 * names.length);
    for (int i = 0; i < names.length; i++) {
      Address clear = new Address("127.0.0.1", ports.get(2 * i));
      cluster.put(names[i], new NodeAddress(clear, OptionalInt.of(ports.get(2 * i + 1))));
    }
    write("access.yml", Tokens.FILE);
  }

  private void write(String file, String text) {
    try {
      Files.writeString(directory.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Vertx vertx() {
    return vertx;
  }

  public NodeAddress at(String name) {
    return cluster.get(name);
  }

  /** Returns the configuration of a node. */
  public Config config(String name, Stage stage) {
    Values values = Values.standard()
        .with(Settings.NAME, name)
        .with(Settings.CLUSTER, new ClusterNodes.Listed(cluster))
        .with(Settings.LIVENESS, Duration.ofSeconds(40))
        .with(Settings.GOSSIP_INTERVAL, INTERVAL);
    if (stage == Stage.CLEAR) {
      return Config.of(values);
    }
    String files = directory.resolve(name).toString();
    return Config.of(values
        .with(Settings.TLS, new TlsSetting.On(TlsSource.directory(files)))
        .with(
            Settings.ACCESS,
            new SwitchedFile.Named(directory.resolve("access.yml").toString()))
        .with(Settings.PLAINTEXT, stage == Stage.BOTH));
  }

  /** Starts a node with a certificate of the CA, or starts it anew. */
  public void start(String name, Stage stage) {
    ca.write(directory.resolve(name), ca.issue("127.0.0.1", "localhost"));
    start(config(name, stage));
  }

  /** Starts a node with other files of TLS. */
  public void start(String name, Stage stage, TestCa other, Issued issued) {
    other.write(directory.resolve(name), issued);
    start(config(name, stage));
  }

  /** Starts a node that proves to peers by a token who it is, and not by its certificate. */
  public void startWithToken(String name, Stage stage, String token) {
    ca.write(
        directory.resolve(name), ca.issue(TestCa.request().names("127.0.0.1").serverOnly()));
    write(name + ".token", token);
    String file = directory.resolve(name + ".token").toString();
    start(config(name, stage).with(Settings.PEER_TOKEN, file));
  }

  private void start(Config config) {
    stop(config.name());
    running.put(config.name(), Node.start(vertx, config).await());
  }

  public void stop(String name) {
    Optional.ofNullable(running.remove(name)).ifPresent(node -> node.stop().await());
  }

  /** Sends a request without TLS. */
  public HttpResponse<String> inClear(String method, String name, String target, String body) {
    return TlsNodes.send(
        http,
        HttpRequest.newBuilder(URI.create("http://" + at(name).clear() + target)),
        method,
        body);
  }

  /** Sends a request by TLS. */
  public HttpResponse<String> byTls(
      String method, String name, String target, String body, String token) {
    return TlsNodes.send(
        http,
        HttpRequest.newBuilder(URI.create("https://" + at(name).tls() + target))
            .header("Authorization", "Bearer " + token),
        method,
        body);
  }

  /** Returns what a node with TLS says of itself. */
  public JsonObject status(String name) {
    return new JsonObject(byTls("GET", name, "/_status", "", Tokens.OPERATOR).body());
  }

  /** Returns what a node with TLS says of a peer. */
  public JsonObject peer(String name, String peer) {
    return status(name).getJsonObject("peers").getJsonObject(peer);
  }

  /** Returns what the doctor says who asks a node by TLS first. */
  public Examined doctor(String first) {
    StringWriter output = new StringWriter();
    boolean well = new Doctor(
            new PrintWriter(output),
            Optional.of(trust(first).clientContext()),
            at -> Optional.of(Tokens.OPERATOR))
        .examine(List.of(at(first).tls().toString()));
    return new Examined(well, output.toString());
  }

  /** The result of a doctor. */
  public record Examined(boolean well, String output) {}

  private Trust trust(String name) {
    try {
      return TlsSource.directory(directory.resolve(name).toString()).readTrust();
    } catch (TlsException faulty) {
      throw new IllegalStateException(faulty);
    }
  }

  @Override
  public void close() {
    running.values().forEach(node -> node.stop().await());
    vertx.close().await();
  }
}
