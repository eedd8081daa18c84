package io.hera.testkit;

import io.hera.cli.Hera;
import io.hera.cli.shell.Surroundings;
import io.hera.cli.shell.Surroundings.Host;
import io.hera.cli.shell.Surroundings.Streams;
import io.hera.cli.shell.Surroundings.Time;
import io.hera.cli.shell.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Runs command lines in this JVM, with an environment of its own, and keeps what they print. */
public final class Console {
  /** No context of the user who runs the tests. */
  private static final Map<String, String> CLEAN = Map.of("XDG_CONFIG_HOME", "/nonexistent");

  private final Map<String, String> environment = new TreeMap<>(CLEAN);
  private ByteArrayOutputStream out = new ByteArrayOutputStream();
  private StringWriter err = new StringWriter();
  private Terminal terminal = Terminal.NONE;
  private byte[] in = {};

  /** Sets a variable of the environment. */
  public Console with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Has stdin contain this. */
  public Console in(String text) {
    in = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /** Has stdout be a terminal. */
  public Console on(Terminal screen) {
    terminal = screen;
    return this;
  }

  /** Runs a command line; returns its exit code. */
  public int run(String... arguments) {
    out = new ByteArrayOutputStream();
    err = new StringWriter();
    return runInto(out, arguments);
  }

  /** Runs a command line that writes to this stdout. */
  public int runInto(OutputStream stdout, String... arguments) {
    return Hera.execute(
        "1.2.3",
        launch -> 7,
        new Surroundings(
            new Streams(
                new ByteArrayInputStream(in),
                stdout,
                new PrintWriter(stdout, true, StandardCharsets.UTF_8),
                new PrintWriter(err, true)),
            new Host(environment, terminal),
            new Random(1),
            time()),
        arguments);
  }

  private static Time time() {
    return new Time(InstantSource.system(), System::nanoTime);
  }

  /** Returns what the last command printed on stdout. */
  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Returns the bytes that the last command printed on stdout. */
  public byte[] bytes() {
    return out.toByteArray();
  }

  /** Returns the lines that the last command printed on stdout. */
  public List<String> lines() {
    return out().lines().toList();
  }

  /** Returns what the last command printed on stderr. */
  public String err() {
    return err.toString();
  }

  /** Returns surroundings with these streams, without a terminal and without variables. */
  public static Surroundings surroundings(InputStream in, Writer out, Writer err) {
    OutputStream stdout = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        out.write(new String(bytes, from, count, StandardCharsets.UTF_8));
      }
    };
    return new Surroundings(
        new Streams(in, stdout, new PrintWriter(out, true), new PrintWriter(err, true)),
        new Host(CLEAN, Terminal.NONE),
        new Random(1),
        time());
  }
}
