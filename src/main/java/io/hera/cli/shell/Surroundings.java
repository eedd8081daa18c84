package io.hera.cli.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a command reads and writes besides files.
 *
 * @param streams stdin, stdout and stderr
 * @param host what the process was started with
 * @param random fit for secrets
 * @param time the clocks
 */
public record Surroundings(Streams streams, Host host, RandomGenerator random, Time time) {
  /**
   * The standard streams.
   *
   * @param stdout without a buffer; {@code out} writes to it
   * @param out text for people, in the charset of the locale
   */
  public record Streams(InputStream in, OutputStream stdout, PrintWriter out, PrintWriter err) {}

  /** What the process was started with. */
  public record Host(Map<String, String> environment, Terminal terminal) {
    /** Copies the environment. */
    public Host {
      environment = Map.copyOf(environment);
    }
  }

  /**
   * The clocks.
   *
   * @param wall unix time
   * @param nanos a monotonic clock
   */
  public record Time(InstantSource wall, LongSupplier nanos) {}

  public InputStream in() {
    return streams.in();
  }

  public PrintWriter out() {
    return streams.out();
  }

  public PrintWriter err() {
    return streams.err();
  }

  public InstantSource wall() {
    return time.wall();
  }

  public LongSupplier nanos() {
    return time.nanos();
  }

  public Map<String, String> environment() {
    return host.environment();
  }

  public Terminal terminal() {
    return host.terminal();
  }

  /** Returns what writes data to stdout. */
  public Printer printer() {
    return new Printer(streams.stdout());
  }
}
