package io.hera.http;

import io.hera.registry.Bounds;
import io.hera.store.Store;
import io.hera.store.StoreVerticle;
import io.hera.store.StoreVerticle.Identity;
import io.hera.store.Views;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A node without gossip, on a free port: the store and two HTTP verticles. Speaks to it byte by byte. */
final class ServedNode implements AutoCloseable {
  static final HttpSettings SETTINGS =
      new HttpSettings("127.0.0.1", 0, 64 << 10, 16 << 10, 64 << 10, 32, 10_000, 60_000);

  private final Vertx vertx = Vertx.vertx();
  private final int port;
  final Store store;
  final Views views = new Views();

  ServedNode(HttpSettings settings, Bounds bounds) {
    Identity self = new Identity("a", "0123456789abcdef");
    store = new Store(vertx, self.life());
    Store.Settings cluster = new Store.Settings(Set.of("a", "b"), bounds);
    vertx
        .deployVerticle(new StoreVerticle(
            store, views, self, cluster, InstantSource.system(), System::nanoTime))
        .await();
    port = Nets.freePort();
    HttpSettings bound = new HttpSettings(
        settings.host(),
        port,
        settings.requestLineBytesMax(),
        settings.headerBytesMax(),
        settings.documentBytesMax(),
        settings.documentDepthMax(),
        settings.bodyTimeoutMillis(),
        settings.idleTimeoutMillis());
    HttpVerticle.Parts parts = new HttpVerticle.Parts(
        store,
        views,
        new Tally(),
        self,
        "test",
        InstantSource.system(),
        System.nanoTime() / 1_000_000);
    vertx
        .deployVerticle(
            () -> new HttpVerticle(parts, bound), new DeploymentOptions().setInstances(2))
        .await();
  }

  /** A node that takes writes. */
  static ServedNode ready() {
    ServedNode node = new ServedNode(SETTINGS, Bounds.DEFAULT);
    node.store.recovered.ask("in a test").await();
    return node;
  }

  /** An answer, header names in lower case. */
  record Reply(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** Sends a request with a Host header and a body, if there is one, and reads the answer. */
  Reply send(String method, String target, String body, String... headers) {
    StringBuilder request =
        new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: hera\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 || method.equals("PUT")) {
      request.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    return raw(
        request.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8), method);
  }

  Reply get(String target) {
    return send("GET", target, "");
  }

  Reply put(String target, String document) {
    return send("PUT", target, document);
  }

  /** Sends bytes as they are and reads one answer; {@code method} tells whether it has a body. */
  Reply raw(byte[] request, String method) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      return read(socket.getInputStream(), method);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  int port() {
    return port;
  }

  Vertx vertx() {
    return vertx;
  }

  static Reply read(InputStream in, String method) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended after: " + head);
      }
      head.write(next);
    }
    String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>();
    Arrays.stream(lines)
        .skip(1)
        .filter(line -> !line.isEmpty())
        .map(line -> line.split(": ?", 2))
        .forEach(line -> headers.put(line[0].toLowerCase(Locale.ROOT), line[1]));
    int length =
        method.equals("HEAD") ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Reply(Integer.parseInt(lines[0].substring(9, 12)), headers, body);
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
