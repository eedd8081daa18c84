package io.hera.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says which part of a heartbeat costs what: it reads the stacks of event loops that async-profiler has sampled, and assigns each to
 * the first part that it belongs to.
 */
public final class LoopProfile {
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

  private LoopProfile() {}

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

  /** Prints the shares of all parts. */
  public static void main(String... arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: LoopProfile FILE MICROS\n"
          + "FILE: collapsed stacks with threads, of async-profiler; MICROS: CPU time per request");
      System.exit(List.of(arguments).equals(List.of("-h")) ? 0 : 2);
    }
    Map<String, Long> samples = samples(Files.readAllLines(Path.of(arguments[0])));
    double micros = Double.parseDouble(arguments[1]);
    double all = samples.values().stream().mapToLong(Long::longValue).sum();
    for (Part part : PARTS) {
      double share = samples.getOrDefault(part.title, 0L) / all;
      System.out.printf("%-44s %5.1f %% %6.2f us%n", part.title, 100 * share, micros * share);
    }
  }

  private static Map<String, Long> samples(List<String> lines) {
    Map<String, Long> samples = new TreeMap<>();
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
