package io.hera.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A run of {@code wrk}: a closed loop of 64 connections. */
final class Wrk {
  private static final String CONNECTIONS = "64";
  private static final Pattern SAID =
      Pattern.compile("RESULT (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

  private Wrk() {}

  /** The result of a run: requests, duration, refused or lost requests, and latencies. */
  record Result(long requests, double seconds, long bad, double p50, double p99, double max) {}

  /** Whether the program is installed. */
  static boolean isInstalled() {
    try {
      new ProcessBuilder("wrk", "-v").redirectErrorStream(true).start().destroy();
      return true;
    } catch (IOException missing) {
      return false;
    }
  }

  /**
   * Runs {@code workload}, a name in {@code script}; {@code run} makes names of new instances
   * differ.
   */
  static Result run(String script, String url, Workload workload, int seconds, int run)
      throws IOException {
    List<String> command = List.of(
        "wrk",
        "-t1",
        "-c" + CONNECTIONS,
        "-d" + seconds + "s",
        "-s",
        script,
        url,
        "--",
        workload.name(),
        Integer.toString(run));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher matcher = SAID.matcher(said);
    if (!matcher.find()) {
      throw new IOException("wrk failed: " + said);
    }
    return new Result(
        Long.parseLong(matcher.group(1)),
        Long.parseLong(matcher.group(2)) / 1e6,
        Long.parseLong(matcher.group(3)),
        Long.parseLong(matcher.group(4)) / 1e3,
        Long.parseLong(matcher.group(5)) / 1e3,
        Long.parseLong(matcher.group(6)) / 1e3);
  }
}
