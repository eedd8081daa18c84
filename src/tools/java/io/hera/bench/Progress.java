package io.hera.bench;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The report of progress of a long task. */
public final class Progress {
  private static final long SECONDS = 2;

  private Progress() {}

  /** A long task. */
  public interface Task<T> {
    /** Returns its result. */
    T run() throws IOException;
  }

  /** Runs the task, and prints {@code line} every two seconds meanwhile. */
  public static <T> T saying(Supplier<String> line, Task<T> task) throws IOException {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    var unusedTimer = timer.scheduleAtFixedRate(
        () -> System.out.println(line.get()), SECONDS, SECONDS, TimeUnit.SECONDS);
    try {
      return task.run();
    } finally {
      timer.shutdownNow();
    }
  }
}
