package io.hera.cli.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs a command of the shell with the newest snapshot on its stdin, after each change. It runs once at a time: the changes that come
 * meanwhile are one.
 */
final class ExecLoop {
  private final String command;
  private final Supplier<byte[]> snapshot;
  private final Consumer<String> complaints;
  private final Semaphore changes = new Semaphore(0);

  /** The snapshots, and where a line goes when the command fails. */
  ExecLoop(String command, Supplier<byte[]> snapshot, Consumer<String> complaints) {
    this.command = command;
    this.snapshot = snapshot;
    this.complaints = complaints;
  }

  /** Begins, on a daemon thread of its own. */
  Thread begin() {
    Thread thread = new Thread(this::run, "hera-exec");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** The snapshot has changed. */
  void changed() {
    changes.release();
  }

  private void run() {
    try {
      while (true) {
        changes.acquire();
        changes.drainPermits();
        runOnce();
      }
    } catch (InterruptedException ends) {
      Thread.currentThread().interrupt();
    }
  }

  private void runOnce() throws InterruptedException {
    try {
      Process process = new ProcessBuilder(List.of("sh", "-c", command))
          .redirectOutput(Redirect.INHERIT)
          .redirectError(Redirect.INHERIT)
          .start();
      write(process);
      int code = process.waitFor();
      if (code != 0) {
        complaints.accept("--exec: " + command + " has ended with " + code);
      }
    } catch (IOException failure) {
      complaints.accept("--exec: the shell is not started: " + failure.getMessage());
    }
  }

  private void write(Process process) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(snapshot.get());
    } catch (IOException notRead) {
      // The command need not read it; its exit code counts.
    }
  }
}
