package io.hera.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Threads that repeat their work, with a pause after each time, until they are closed. */
final class Loops implements AutoCloseable {
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  void start(String name, long pauseMillis, Runnable work) {
    Thread thread = new Thread(() -> repeat(pauseMillis, work), name);
    thread.setUncaughtExceptionHandler((ended, failure) -> failures.add(failure));
    threads.add(thread);
    thread.start();
  }

  private void repeat(long pauseMillis, Runnable work) {
    while (!over) {
      work.run();
      DriverClock.pause(pauseMillis);
    }
  }

  /** Waits until each has ended its work; throws if one has failed. */
  @Override
  public void close() {
    over = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
    failures.forEach(failure -> {
      throw new IllegalStateException("a client has failed", failure);
    });
  }
}
