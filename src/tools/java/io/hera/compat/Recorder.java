package io.hera.compat;

import io.hera.testkit.HeraProcess;
import io.hera.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** Runs the jar of version 1.0 and records its exchanges; package-info says what for. */
public final class Recorder {
  private static final Path FOLDER = Path.of("src/test/resources/compat-1.0");
  private static final String USAGE = """
      usage: scripts/test-main io.hera.compat.Recorder HERA_1.0_JAR
      Runs the jar on loopback and records its requests and answers in src/test/resources/compat-1.0.
      """;

  private final String jar;
  private final Path settings;
  private final Recording recording;
  /** Node → its port. No process listens at that of c. */
  private final Map<String, Integer> ports =
      new TreeMap<>(Map.of("a", Ports.free(), "b", Ports.free(), "c", Ports.free()));

  private Recorder(String jar, Path settings, Recording recording) {
    this.jar = jar;
    this.settings = settings;
    this.recording = recording;
  }

  /** Runs as {@link #USAGE} describes. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1 || !Files.isRegularFile(Path.of(arguments[0]))) {
      System.err.print(USAGE);
      System.exit(2);
    }
    Path settings = Files.createTempFile("hera-recorded", ".yml");
    Recorder recorder = new Recorder(arguments[0], settings, new Recording(FOLDER));
    try {
      recorder.recordExchanges();
      recorder.recordPages();
    } finally {
      Files.delete(settings);
    }
    System.out.println("recorded in " + FOLDER);
    System.exit(0);
  }

  private void recordExchanges() throws IOException {
    configure();
    try (Peer peer = new Peer(ports.get("a"), recording)) {
      AcceptedAnswers accepted = new AcceptedAnswers(recording, peer, ports.get("b"));
      AtomicReference<byte[]> recovery = accepted.giveRecovery();
      try (HeraProcess node = start()) {
        node.awaitOk(ports.get("b"), "/_health/ready");
        accepted.record(recovery);
        peer.awaitRequests();
        new GivenAnswers(recording, ports.get("b")).record();
      }
    }
  }

  /** A node without memory and without peers: its first page begins at 0. */
  private void recordPages() throws IOException {
    try (HeraProcess node = start()) {
      node.awaitOk(ports.get("b"), "/_health/ready");
      new GivenAnswers(recording, ports.get("b")).recordPages();
    }
  }

  private HeraProcess start() {
    return HeraProcess.startWith(List.of("-jar", jar), "-c", settings.toString(), "-n", "b");
  }

  private void configure() throws IOException {
    StringBuilder yaml = new StringBuilder("gossip-interval: 0.2\ncluster:\n");
    ports.forEach(
        (name, port) -> yaml.append("  %s: {host: 127.0.0.1, port: %d}%n".formatted(name, port)));
    Files.writeString(settings, yaml);
  }
}
