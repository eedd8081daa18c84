package io.hera.testkit;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The jar as a process, with its output in files. Every wait is bounded, and closing kills the
 * process.
 */
public final class HeraProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  /** The second compiler takes more time than it saves in a node that lives for seconds. */
  private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final Process process;
  private final Path out;
  private final Path err;

  private HeraProcess(List<String> command, Map<String, String> environment) {
    try {
      out = Files.createTempFile("hera-out", ".txt");
      err = Files.createTempFile("hera-err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.startsWith("HERA_") || name.contains("JAVA"));
      builder.environment().put("HERA_JAVA_OPTS", ONE_COMPILER); // for scripts/hera
      builder.environment().putAll(environment);
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs {@code java -jar hera.jar} with {@code arguments}. */
  public static HeraProcess start(String... arguments) {
    return java(concat(launch(), arguments));
  }

  /** Returns the options with which a JVM runs the jar of this build. */
  static List<String> launch() {
    return launch(jar());
  }

  /** Returns the options with which a JVM runs a jar, for a node of few instances: this collector has no threads of its own. */
  public static List<String> launch(String jar) {
    List<String> options = new ArrayList<>(SharedClasses.options(jar));
    options.addAll(List.of("-XX:+UseSerialGC", "-jar", jar));
    return options;
  }

  /** Runs {@code java -jar hera.jar} with these variables in its environment. */
  public static HeraProcess startIn(Map<String, String> environment, String... arguments) {
    return new HeraProcess(command(concat(launch(), arguments)), environment);
  }

  /** Runs {@code java} with these options and {@code arguments}, which may name a jar. */
  public static HeraProcess startWith(List<String> options, String... arguments) {
    return java(concat(options, arguments));
  }

  /** Runs the main class {@code name} with the jar as class path. */
  public static HeraProcess startClass(String name, String... arguments) {
    return java(concat(List.of("-cp", jar(), name), arguments));
  }

  /** Runs one of the project's scripts, in the project's folder. */
  public static HeraProcess script(String name, String... arguments) {
    return new HeraProcess(concat(List.of("scripts/" + name), arguments), Map.of());
  }

  /** Runs a line of bash in the project's folder, with these variables in its environment. */
  public static HeraProcess shell(Map<String, String> environment, String line) {
    return new HeraProcess(List.of("bash", "-c", "exec " + line), environment);
  }

  private static HeraProcess java(List<String> arguments) {
    return new HeraProcess(command(arguments), Map.of());
  }

  private static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(ONE_COMPILER);
    command.addAll(arguments);
    return command;
  }

  private static List<String> concat(List<String> first, String... rest) {
    List<String> all = new ArrayList<>(first);
    all.addAll(Arrays.asList(rest));
    return all;
  }

  /** The jar of this build, which the property {@code hera.jar} names. */
  public static String jar() {
    String jar = System.getProperty("hera.jar");
    if (jar == null || !Files.isRegularFile(Path.of(jar))) {
      throw new IllegalStateException("the property hera.jar names no jar: " + jar);
    }
    return jar;
  }

  /** Waits until {@code GET http://127.0.0.1:port/path} answers 200. */
  public HeraProcess awaitOk(int port, String path) {
    URI target = URI.create("http://127.0.0.1:" + port + path);
    // An attempt to connect costs little, a request that fails ten times as much.
    await("200 of " + target, () -> listens(port) && status(target) == 200);
    return this;
  }

  /** Waits until a process listens at the port. */
  public HeraProcess awaitListening(int port) {
    await("a listener at " + port, () -> listens(port));
    return this;
  }

  /** Waits until no process listens at the port. */
  public HeraProcess awaitRefusal(int port) {
    await("a refusal at " + port, () -> !listens(port));
    return this;
  }

  /** Waits until a line of standard output contains {@code text}. */
  public HeraProcess awaitLine(String text) {
    await("a line with " + text, () -> out().lines().anyMatch(line -> line.contains(text)));
    return this;
  }

  /** Waits for the end, and returns the exit code. */
  public int exitCode() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still running" + said());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends SIGTERM and waits for the end. */
  public int stop() {
    process.destroy();
    return exitCode();
  }

  /** Sends {@code signal}, such as INT, STOP or CONT. */
  public HeraProcess signal(String signal) {
    try {
      int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
          .start()
          .waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + signal + " ended with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** Sends SIGKILL and waits for the end. */
  public int kill() {
    process.destroyForcibly();
    return exitCode();
  }

  /** Returns the standard output up to now. */
  public String out() {
    return read(out);
  }

  /** Returns the standard error up to now. */
  public String err() {
    return read(err);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
    try {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await(String wanted, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new AssertionError("no " + wanted + said());
      }
      pause();
    }
  }

  /** Waits between two polls; a process sends no event when it is ready. */
  private void pause() {
    try {
      process.waitFor(10, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static int status(URI target) {
    HttpRequest request =
        HttpRequest.newBuilder(target).timeout(Duration.ofSeconds(2)).build();
    CompletableFuture<Integer> status = CLIENT
        .sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .handle((response, failure) -> failure == null ? response.statusCode() : 0);
    return status.join();
  }

  private String said() {
    String end = process.isAlive() ? "" : ", ended with " + process.exitValue();
    return end + "\nout: " + out() + "\nerr: " + err();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
