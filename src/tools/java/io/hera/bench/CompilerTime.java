package io.hera.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the compilers of a JVM have used. A server that has been loaded for a minute still compiles now and then, for as long as
 * thousands of requests take; a comparison of requests leaves that out.
 */
final class CompilerTime {
  /** Linux cuts the names of threads off after 15 bytes. */
  private static final List<String> NAMES = List.of("C1 CompilerThre", "C2 CompilerThre");

  private CompilerTime() {}

  /** Returns the CPU time of the compilers of a process that still run: one that has nothing to do may end. */
  static Duration of(long pid) throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads.map(CompilerTime::ofThread).reduce(Duration.ZERO, Duration::plus);
    }
  }

  private static Duration ofThread(Path thread) {
    try {
      if (!NAMES.contains(Files.readString(thread.resolve("comm")).strip())) {
        return Duration.ZERO;
      }
      String onCpu = Files.readString(thread.resolve("schedstat")).split(" ", 2)[0];
      return Duration.ofNanos(Long.parseLong(onCpu));
    } catch (IOException ended) {
      return Duration.ZERO;
    }
  }
}
