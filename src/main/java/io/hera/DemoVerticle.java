package io.hera;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A cluster to try Hera on: three nodes on this machine, on free ports, and services whose instances come, go and fail. Undeploying it
 * ends all of them. The configuration may have {@code port}, the first one to try.
 */
public final class DemoVerticle extends VerticleBase {
  private static final String HOST = "127.0.0.1";
  private static final int FIRST_PORT = 8080;
  private static final int NODES = 3;
  private static final int PORT_MAX = 65_535;
  private static final long STEP_MILLIS = 3_000;
  private static final long READY_CHECK_MILLIS = 200;

  private Optional<DemoServices> services = Optional.empty();

  @Override
  public Future<?> start() {
    System.err.println("Starting three nodes ...");
    int first = config().getInteger("port", FIRST_PORT);
    HttpClient http = vertx.createHttpClient();
    return vertx
        .executeBlocking(() -> freePorts(first))
        .compose(ports -> startNodes(ports).map(ports))
        .compose(ports -> ready(http, ports).map(ports))
        .onSuccess(ports -> begin(http, ports));
  }

  @Override
  public Future<?> stop() {
    return services
        .map(running -> vertx.executeBlocking(() -> {
          running.close();
          return true;
        }))
        .orElseGet(() -> Future.succeededFuture(true));
  }

  /** All are held until there are enough, so that none is found twice. */
  private static List<Integer> freePorts(int first) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int port = first; port <= PORT_MAX && held.size() < NODES; port++) {
        listen(port).ifPresent(held::add);
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  private static Optional<ServerSocket> listen(int port) {
    try {
      return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
    } catch (IOException taken) {
      return Optional.empty();
    }
  }

  /** The nodes are children of this verticle, and end with it. */
  private Future<?> startNodes(List<Integer> ports) {
    if (ports.size() < NODES) {
      return Future.failedFuture("there are not " + NODES + " free ports");
    }
    JsonObject cluster = new JsonObject();
    for (int i = 0; i < NODES; i++) {
      cluster.put(name(i), new JsonObject().put("host", HOST).put("port", ports.get(i)));
    }
    List<Future<String>> started = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      JsonObject settings = new JsonObject().put("name", name(i)).put("cluster", cluster.copy());
      started.add(
          vertx.deployVerticle(new MainVerticle(), new DeploymentOptions().setConfig(settings)));
    }
    return Future.all(started);
  }

  private static String name(int index) {
    return "demo-" + (index + 1);
  }

  /** A node that has just started refuses writes for a moment. */
  private Future<?> ready(HttpClient http, List<Integer> ports) {
    return Future.all(ports.stream().map(port -> ready(http, port)).toList());
  }

  private Future<?> ready(HttpClient http, int port) {
    return http.request(HttpMethod.GET, port, HOST, "/_health/ready")
        .compose(HttpClientRequest::send)
        .map(answer -> answer.statusCode() == 200)
        .otherwise(false)
        .compose(ready -> ready
            ? Future.succeededFuture()
            : vertx.timer(READY_CHECK_MILLIS).compose(due -> ready(http, port)));
  }

  private void begin(HttpClient http, List<Integer> ports) {
    List<String> urls =
        ports.stream().map(port -> "http://" + HOST + ":" + port).toList();
    DemoServices running = new DemoServices(String.join(",", urls));
    services = Optional.of(running);
    vertx.setPeriodic(
        0, STEP_MILLIS, id -> running.step(number -> registerJob(http, ports, number)));
    advice(urls).forEach(System.out::println);
  }

  /** Registers an instance that nothing renews: it expires. */
  private static void registerJob(HttpClient http, List<Integer> ports, int number) {
    String target = "/jobs/job-" + number + "?ttl=8s";
    http.request(HttpMethod.PUT, ports.get(number % NODES), HOST, target)
        .compose(request ->
            request.send("{\"host\":\"10.0.3." + (number % 200 + 1) + "\",\"port\":9000}"));
  }

  private static List<String> advice(List<String> urls) {
    String one = urls.get(0);
    String all = urls.stream().collect(Collectors.joining(","));
    return List.of(
        "Three nodes run at " + String.join(" ", urls) + ", with services that come, go and fail.",
        "In a browser: " + one + "/_ui/",
        "Try in another terminal (hera is scripts/hera in a clone):",
        "",
        "  export HERA_NODES=" + all,
        "  hera ls                          the services",
        "  hera ls orders                   the instances of one",
        "  hera watch                       each change",
        "  hera top                         the nodes",
        "  hera why jobs/job-0              why an instance is gone",
        "  hera put orders/mine '{\"host\":\"10.9.9.9\",\"port\":80}'",
        "  curl " + urls.get(1) + "/orders",
        "  curl -N -H 'Accept: text/event-stream' " + urls.get(2) + "/",
        "  curl " + one + "/_status",
        "",
        "Ctrl-C ends it.");
  }
}
