package io.hera.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program behind the table of a heartbeat's parts in performance.md. */
@Command(
    name = "scripts/test-main io.hera.bench.LoopProfile",
    description =
        "Says which part of a heartbeat costs what: assigns each stack of an event loop to the first part that it belongs to.")
public final class LoopProfile implements Callable<Integer> {
  private static final String LOOP = "[vert.x-eventloop";

  /** From the narrowest to the widest: a stack that is in several belongs to the first. */
  private static final List<Part> PARTS = List.of(
      new Part("kernel: send", "__GI___send", "writev"),
      new Part("kernel: receive", ";recv"),
      new Part("kernel: wait for input, wake another loop", "epoll_pwait", "eventFdWrite"),
      new Part("reply: encode", "HttpObjectEncoder"),
      new Part("reply: Vert.x and Netty", "ServerResponse.end"),
      new Part("reply: headers of a renewal", "Renewal.putHeaders"),
      new Part("reply: common headers, counting", "Exchange.done"),
      new Part("write: content hash", "ContentHasher"),
      new Part("write: the registry", "store/RegistryWrites"),
      new Part("write: turn of the store", "store/StoreTurns"),
      new Part("hop: bus and futures", "eventbus", "store/WriteBatcher"),
      new Part("request: check of the document", "json/Documents"),
      new Part("request: target, rights, limits", "http/Dispatcher"),
      new Part("request: Vert.x", "Http1ServerConnection"),
      new Part("request: decode", "HttpObjectDecoder"),
      new Part("request: pipeline", "epollInReady"),
      new Part("all else: timers, gossip", ";"));

  @Option(names = "-h", usageHelp = true, description = "print this")
  private boolean unusedHelp; // picocli reads it

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "stacks of async-profiler: collapsed, with threads")
  private Path file;

  @Parameters(index = "1", paramLabel = "MICROS", description = "CPU time per request")
  private double micros;

  /**
   * A part of the work of a loop.
   *
   * @param frames a stack with one of these texts is part of it
   */
  private record Part(String title, List<String> frames) {
    Part(String title, String... frames) {
      this(title, List.of(frames));
    }

    boolean has(String stack) {
      return frames.stream().anyMatch(stack::contains);
    }
  }

  /** Runs as its usage says. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new LoopProfile()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.isReadable(file)) {
      System.err.println(file + " cannot be read");
      return 2;
    }
    Map<String, Long> samples = samples(Files.readAllLines(file));
    double all = samples.values().stream().mapToLong(Long::longValue).sum();
    if (all == 0) {
      System.err.println(file + " has no stack of an event loop");
      return 1;
    }
    for (Part part : PARTS) {
      double share = samples.getOrDefault(part.title, 0L) / all;
      System.out.printf("%-44s %5.1f %% %6.2f us%n", part.title, 100 * share, micros * share);
    }
    return 0;
  }

  private static Map<String, Long> samples(List<String> lines) {
    Map<String, Long> samples = new HashMap<>();
    for (String line : lines) {
      if (line.startsWith(LOOP)) {
        int space = line.lastIndexOf(' ');
        samples.merge(
            title(line.substring(0, space)), Long.parseLong(line.substring(space + 1)), Long::sum);
      }
    }
    return samples;
  }

  private static String title(String stack) {
    return PARTS.stream().filter(part -> part.has(stack)).findFirst().orElseThrow().title;
  }
}
