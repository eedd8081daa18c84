package io.hera.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A headless Chromium with a profile of its own, which shows one page. Closing kills it. */
public final class Browser implements AutoCloseable {
  private static final String PROGRAM = "chromium";
  private static final List<String> OPTIONS = List.of(
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--remote-debugging-port=0");

  private final Process process;

  private Browser(Process process) {
    this.process = process;
  }

  /** Returns whether the program is on the PATH. */
  public static boolean isInstalled() {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Path.of(folder, PROGRAM).toFile().canExecute());
  }

  /**
   * Opens a page.
   *
   * @param folder for the profile and the output
   * @param options further options of Chromium
   */
  public static Browser open(Path folder, String url, String... options) {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(OPTIONS);
    command.add("--user-data-dir=" + folder.resolve("browser"));
    command.addAll(List.of(options));
    command.add(url);
    try {
      return new Browser(new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("browser.out").toFile())
          .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills the browser, and waits until it no longer writes into its folder. */
  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }
}
