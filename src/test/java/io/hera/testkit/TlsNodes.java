package io.hera.testkit;

import io.hera.Node;
import io.hera.config.Config;
import io.hera.config.Settings;
import io.hera.config.Values;
import io.hera.config.source.ClusterNodes;
import io.hera.config.source.NodeAddress;
import io.hera.config.source.TlsSetting;
import io.hera.testkit.TestCa.Issued;
import io.hera.tls.TlsSource;
import io.hera.tls.TlsVersion;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Whole nodes with TLS in this JVM, on loopback, with a gossip interval of 500 ms. Closing stops them. */
public final class TlsNodes implements AutoCloseable {
  public final TestCa ca = new TestCa();
  private final Vertx vertx = Vertx.vertx();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, NodeAddress> cluster = new TreeMap<>();
  private final Path directory;
  private final HttpClient http;

  /** A cluster of nodes with these names, none of which is started yet; {@code directory} gets their files. */
  public TlsNodes(Path directory, String... names) {
    this.directory = directory;
    List<Integer> ports = Ports.free(names.length);
    for (int i = 0; i < names.length; i++) {
      cluster.put(names[i], new NodeAddress("127.0.0.1", ports.get(i)));
    }
    this.http = client(ca.clientContext());
  }

  /** Returns a client of HTTP with its own context of TLS. */
  public static HttpClient client(SSLContext context) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(context)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }

  public Vertx vertx() {
    return vertx;
  }

  public int port(String name) {
    return cluster.get(name).port();
  }

  /** Returns where the files of a node are. */
  public Path files(String name) {
    return directory.resolve(name);
  }

  /** Returns the configuration of a node. */
  public Config config(String name) {
    return Config.of(Values.standard()
        .with(Settings.NAME, name)
        .with(Settings.CLUSTER, new ClusterNodes.Listed(cluster))
        .with(Settings.GOSSIP_INTERVAL, Duration.ofMillis(500))
        .with(Settings.RECOVERY_TIMEOUT, Duration.ofMillis(500))
        .with(Settings.TLS, new TlsSetting.On(TlsSource.directory(files(name).toString())))
        .with(Settings.TLS_MIN_VERSION, TlsVersion.V1_3));
  }

  /** Starts a node with a certificate of this CA. */
  public Node start(String name) {
    return start(name, ca.issue("127.0.0.1", "localhost"));
  }

  /** Starts a node with a certificate. */
  public Node start(String name, Issued issued) {
    ca.write(files(name), issued);
    return start(config(name));
  }

  /** Starts a node. */
  public Node start(Config config) {
    Node node = Node.start(vertx, config).await();
    nodes.add(node);
    return node;
  }

  /** Replaces a file of a node as tools do: a new one is renamed to it. */
  public void replace(String name, String file, String text) {
    try {
      Path next = Files.writeString(files(name).resolve(file + ".new"), text);
      Files.move(next, files(name).resolve(file), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a request by TLS, and returns its reply. */
  public HttpResponse<String> send(String method, String name, String target, String body) {
    return send(http, method, name, target, body);
  }

  /** Sends a request by a client. */
  public HttpResponse<String> send(
      HttpClient client, String method, String name, String target, String body) {
    URI uri = URI.create("https://127.0.0.1:" + port(name) + target);
    return send(client, HttpRequest.newBuilder(uri), method, body);
  }

  /** Sends a request by a client, with the target and the headers that it has. */
  static HttpResponse<String> send(
      HttpClient client, HttpRequest.Builder request, String method, String body) {
    try {
      return client.send(
          request
              .timeout(Duration.ofSeconds(10))
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Registers an instance; returns the status of the reply. */
  public int put(String name, String target) {
    return send("PUT", name, target, "{}").statusCode();
  }

  /** Returns the status of a node. */
  public JsonObject status(String name) {
    return new JsonObject(send("GET", name, "/_status", "").body());
  }

  /** Returns why the last exchange of a node with a peer failed. */
  public String lastError(String name, String peer) {
    return status(name).getJsonObject("peers").getJsonObject(peer).getString("last_error");
  }

  /** Returns a metric of a node; 0 if it has none. */
  public double metric(String name, String series) {
    return send("GET", name, "/_metrics", "")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  /** Opens a connection without TLS. */
  public Socket clear(String name) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(name));
      socket.setSoTimeout(20_000);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a connection for TLS, before the handshake. */
  public SSLSocket socket(String name) {
    return socket(ca.clientContext(), name);
  }

  /** Opens a connection with a context of TLS, before the handshake. */
  public SSLSocket socket(SSLContext context, String name) {
    try {
      SSLSocket socket = (SSLSocket)
          context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port(name));
      socket.setSoTimeout(20_000);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.stop().await());
    vertx.close().await();
  }
}
