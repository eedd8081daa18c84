package io.hera.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server under measurement: a process on loopback, with the CPU time and memory that it takes.
 */
public final class Subject implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  /** The size of the heap is that of {@code scripts/hera}, unless further arguments have another one. */
  private static final List<String> OPTIONS = List.of("@conf/jvm.options", "-Xmx1536m");

  final String name;
  /** The port of loopback at which it listens. */
  public final int port;
  /** Empty if this program did not start the process. */
  private final Optional<ProcessHandle> process;

  private final Optional<Secured> tls;

  private Subject(String name, int port, Optional<ProcessHandle> process, Optional<Secured> tls) {
    this.name = name;
    this.port = port;
    this.process = process;
    this.tls = tls;
  }

  /**
   * Starts {@code java} with these arguments; {@link #awaitOk} waits until it answers.
   *
   * @param tls empty if it serves without TLS
   */
  Subject(String name, int port, List<String> arguments, Optional<Secured> tls) throws IOException {
    this(name, port, Optional.of(start(arguments)), tls);
  }

  private static ProcessHandle start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
        .toHandle();
  }

  /** Creates the subject for a node that runs already, at a port of loopback. */
  static Subject running(int port) {
    return new Subject("127.0.0.1:" + port, port, Optional.empty(), Optional.empty());
  }

  /**
   * The jar and the settings of nodes.
   *
   * @param jar path of the jar
   * @param options further options of the JVM
   * @param settings further settings, lines of YAML
   * @param tls empty if the nodes serve without TLS
   */
  public record Kind(String jar, List<String> options, String settings, Optional<Secured> tls) {
    /** Nodes of another jar, with the default settings. */
    static Kind of(String jar) {
      return new Kind(jar, List.of(), "", Optional.empty());
    }

    /**
     * Nodes of this build, which the property {@code hera.jar} names, with the default settings.
     */
    public static Kind current() {
      return of(System.getProperty("hera.jar"));
    }

    /** Returns the same jar with these settings. */
    public Kind with(String settings) {
      return new Kind(jar, options, settings, tls);
    }

    /** Returns the same with these options of the JVM. */
    Kind with(List<String> options) {
      return new Kind(jar, options, settings, tls);
    }

    /** Returns the same with TLS. */
    Kind with(Optional<Secured> tls) {
      return new Kind(jar, options, settings, tls);
    }
  }

  /** Starts a cluster of nodes at these ports, and waits until all are ready. */
  static List<Subject> nodes(List<Integer> ports, Kind kind) throws IOException {
    List<Subject> nodes = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      nodes.add(node("n" + i, ports, kind));
    }
    for (Subject node : nodes) {
      node.awaitOk("/_health/ready");
    }
    return nodes;
  }

  /**
   * Starts the node of this name: {@code n} and an index into {@code ports}, which the whole
   * cluster shares.
   */
  public static Subject node(String name, List<Integer> ports, Kind kind) throws IOException {
    StringBuilder yaml =
        new StringBuilder(kind.settings + kind.tls.map(Secured::setting).orElse("") + "cluster:\n");
    for (int i = 0; i < ports.size(); i++) {
      yaml.append("  n%d: {host: 127.0.0.1, port: %d}%n".formatted(i, ports.get(i)));
    }
    Path file = Files.writeString(Files.createTempFile("hera-bench", ".yml"), yaml);
    file.toFile().deleteOnExit();
    int port = ports.get(Integer.parseInt(name.substring(1)));
    List<String> arguments = new ArrayList<>(kind.options);
    arguments.addAll(List.of("-jar", kind.jar, "-c", file.toString(), "-n", name));
    return new Subject(name, port, arguments, kind.tls);
  }

  /** Waits until a GET is answered with 200. */
  public Subject awaitOk(String path) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!answers(path)) {
      if (!isAlive() || System.nanoTime() > end) {
        close();
        throw new IllegalStateException(name + " does not answer " + path);
      }
    }
    return this;
  }

  private boolean answers(String path) {
    pause();
    try {
      return send("GET", path, "").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Waits for a moment, between two polls. */
  public static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Returns the status of the node. */
  public JsonObject status() throws IOException {
    return new JsonObject(send("GET", "/_status", "").body());
  }

  /** Sends a request and reads its answer, within 10 s. */
  public HttpResponse<String> send(String method, String path, String body) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
        .timeout(Duration.ofSeconds(10))
        .method(method, BodyPublishers.ofString(body))
        .build();
    try {
      return tls.map(Secured::client).orElse(CLIENT).send(request, BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  String url() {
    return (tls.isPresent() ? "https://" : "http://")
        + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
  }

  private boolean isAlive() {
    return process.isEmpty() || process.get().isAlive();
  }

  /** Returns the CPU time used, of user and system; 0 if this program did not start the process. */
  public Duration cpu() {
    return process.flatMap(own -> own.info().totalCpuDuration()).orElse(Duration.ZERO);
  }

  /** Returns the CPU time used without that of its compilers; 0 if this program did not start the process. */
  Duration cpuWithoutCompilers() throws IOException {
    return process.isEmpty()
        ? Duration.ZERO
        : cpu().minus(CompilerTime.of(process.get().pid()));
  }

  /** Returns the resident memory in MiB; 0 if this program did not start the process. */
  public long rssMebibytes() throws IOException {
    if (process.isEmpty()) {
      return 0;
    }
    return Files.readAllLines(Path.of("/proc", Long.toString(process.get().pid()), "status"))
        .stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findAny()
        .orElse(0);
  }

  /**
   * Returns the live heap, by a histogram, which collects all garbage first; 0 if this program did
   * not start the process.
   */
  long heapBytes() throws IOException {
    if (process.isEmpty()) {
      return 0;
    }
    Process jcmd = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(process.get().pid()),
            "GC.class_histogram")
        .start();
    String histogram =
        new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    String total = histogram.substring(histogram.lastIndexOf('\n') + 1);
    return Long.parseLong(total.split(" +", -1)[2]);
  }

  @Override
  public void close() {
    process.ifPresent(own -> {
      own.destroyForcibly();
      own.onExit().join();
    });
  }
}
