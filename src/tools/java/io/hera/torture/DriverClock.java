package io.hera.torture;

import java.util.concurrent.locks.LockSupport;

/** The clock of the driver and its clients, from which all times of a {@link History} are. */
final class DriverClock {
  private static final long START = System.nanoTime();

  private DriverClock() {}

  /** Returns the milliseconds since the start of the driver. */
  static long now() {
    return (System.nanoTime() - START) / 1_000_000;
  }

  static void pause(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
