package io.hera;

import io.hera.cli.Hera;
import io.hera.cli.Launcher;
import io.hera.cli.shell.Surroundings;
import io.hera.cli.shell.Surroundings.Host;
import io.hera.cli.shell.Surroundings.Streams;
import io.hera.cli.shell.Surroundings.Time;
import io.hera.cli.shell.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/**
 * The main class: has {@link Hera} execute the command line. It does not load what only a node needs, so that a command that asks nodes
 * starts in a moment.
 */
public final class Main {
  /** After a signal, the process of a node ends by itself within this time; units and containers wait longer before they kill it. */
  public static final long STOP_MILLIS_MAX = 10_000;

  private Main() {}

  /** Executes a command line; see {@code -h}. */
  public static void main(String[] arguments) {
    // A reference to the method would load the class, and Vert.x with it, for each command.
    Launcher launcher = launch -> NodeProcess.start(launch);
    int code = Hera.execute(Version.TEXT, launcher, surroundings(), arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  private static Surroundings surroundings() {
    Map<String, String> environment = System.getenv();
    OutputStream stdout = new FileOutputStream(FileDescriptor.out);
    Terminal terminal = Terminal.of(System.getProperty(Terminal.PROPERTY, ""), environment);
    return new Surroundings(
        new Streams(
            System.in,
            stdout,
            new PrintWriter(stdout, true, Charset.defaultCharset()),
            new PrintWriter(System.err, true, Charset.defaultCharset())),
        new Host(environment, terminal),
        () -> new SecureRandom().nextLong(), // made when it is needed: that takes a while
        new Time(InstantSource.system(), System::nanoTime));
  }
}
