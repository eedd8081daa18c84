package io.hera.cli.keep;

import io.hera.cli.shell.ProcessSignal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The process of a command line, without a shell. It has the streams of this process, and its environment. */
final class ChildProcess {
  /** The variables by which the script starts this JVM. */
  private static final List<String> OWN_VARIABLES =
      List.of("HERA_JAVA", "HERA_JAR", "HERA_CLASSES");

  /** EAGAIN and ENOMEM. */
  private static final Pattern LACK = Pattern.compile("error[=:] ?(11|12)\\b");

  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /** It could not be started; the code is the one with which env(1) and shells end then. */
  static final class NotStarted extends Exception {
    private static final long serialVersionUID = 1;
    private final int code;

    NotStarted(int code, String message) {
      super(message);
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /**
   * Starts it.
   *
   * @param ended gets its exit code, 128+n after signal n, on a thread of its own
   */
  static ChildProcess start(List<String> command, IntConsumer ended) throws NotStarted {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().keySet().removeAll(OWN_VARIABLES);
    try {
      ChildProcess child = new ChildProcess(builder.start());
      Thread waiting = new Thread(() -> ended.accept(child.await()), "hera-child");
      waiting.setDaemon(true);
      waiting.start();
      return child;
    } catch (IOException failure) {
      throw failure(command.get(0), builder.environment(), String.valueOf(failure.getMessage()));
    }
  }

  private static NotStarted failure(String program, Map<String, String> environment, String why) {
    if (LACK.matcher(why).find()) {
      return new NotStarted(125, program + " is not started: " + why);
    }
    return exists(program, environment.getOrDefault("PATH", ""))
        ? new NotStarted(126, program + " cannot be executed")
        : new NotStarted(127, "there is no program " + program);
  }

  private static boolean exists(String program, String path) {
    Stream<Path> places = program.contains("/")
        ? Stream.of(Path.of(program))
        : Arrays.stream(path.split(File.pathSeparator, -1))
            .map(directory -> Path.of(directory).resolve(program));
    return places.anyMatch(Files::exists);
  }

  private int await() {
    while (true) {
      try {
        return process.waitFor();
      } catch (InterruptedException goesOn) {
        // Its end is what the command waits for; this thread ends with the JVM.
      }
    }
  }

  /** Sends it a signal. Java knows only SIGTERM; the others are sent by the shell. */
  void send(ProcessSignal signal) {
    if (signal == ProcessSignal.TERMINATE || !sent(signal)) {
      process.destroy();
    }
  }

  private boolean sent(ProcessSignal signal) {
    List<String> kill =
        List.of("sh", "-c", "kill -s " + signal.word() + " \"$1\"", "sh", "" + process.pid());
    try {
      return new ProcessBuilder(kill).inheritIO().start().waitFor() == 0;
    } catch (IOException withoutShell) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void kill() {
    process.destroyForcibly();
  }
}
