package io.hera.cli.top;

import io.hera.cli.shell.Printer;
import io.hera.cli.shell.Surroundings;
import io.hera.cli.shell.Terminal;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The terminal that frames are drawn on, one over the other; keys come without Enter. Closing gives the terminal back as it was. */
final class Screen implements AutoCloseable {
  private static final String HOME = "\u001b[H";
  private static final String CLEAR = "\u001b[2J";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final File TTY = new File("/dev/tty");

  private final Printer printer;
  private final Terminal first;
  private final Optional<String> settings;
  private final BlockingQueue<Integer> keys = new LinkedBlockingQueue<>();
  private final Thread restorer;

  Screen(Surroundings around) {
    this.printer = around.printer();
    this.first = around.terminal();
    this.settings = stty("-g");
    this.restorer = new Thread(this::restore, "hera-terminal");
    Runtime.getRuntime().addShutdownHook(restorer); // Ctrl-C ends the process
    stty("-icanon", "-echo", "min", "1");
    Thread reader = new Thread(this::readKeys, "hera-keys");
    reader.setDaemon(true);
    reader.start();
    printer.text(HOME + CLEAR);
  }

  /** Returns the terminal, whose size changes. */
  Terminal terminal() {
    return stty("size")
        .map(size -> size.split(" ", -1))
        .filter(size -> size.length == 2
            && Arrays.stream(size).allMatch(part -> part.matches("[1-9][0-9]{0,3}")))
        .map(size ->
            new Terminal(Integer.parseInt(size[0]), Integer.parseInt(size[1]), first.colours()))
        .orElse(first);
  }

  void draw(List<String> lines) {
    StringBuilder frame = new StringBuilder(HOME);
    lines.forEach(line -> frame.append(line).append(CLEAR_LINE).append('\n'));
    printer.text(frame.append(CLEAR_BELOW).toString());
  }

  /** Waits for a key; returns whether it ends the command. */
  boolean quits(long millis) throws InterruptedException {
    Integer key = keys.poll(millis, TimeUnit.MILLISECONDS);
    return key != null && (key == 'q' || key == 'Q' || key < 0);
  }

  private void readKeys() {
    try (InputStream in = new FileInputStream(TTY)) {
      int key;
      do {
        key = in.read();
        keys.add(key);
      } while (key >= 0);
    } catch (IOException withoutKeys) {
      // Ctrl-C still ends the command.
    }
  }

  private void restore() {
    settings.ifPresent(this::stty);
  }

  @Override
  public void close() {
    restore();
    Runtime.getRuntime().removeShutdownHook(restorer);
  }

  private Optional<String> stty(String... arguments) {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command)
          .redirectInput(TTY)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return process.waitFor() == 0 ? Optional.of(said.strip()) : Optional.empty();
    } catch (IOException unknown) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
