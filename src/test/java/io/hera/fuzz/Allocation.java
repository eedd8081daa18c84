package io.hera.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * A bound on the memory that a reader allocates: linear in its input, so that it catches bombs and
 * quadratic readers. It counts bytes instead of time, so a slow machine does not affect it.
 */
public final class Allocation {
  /** Bytes that do not depend on the input. */
  private static final long CONSTANT = 256 << 10;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** The call to measure. */
  public interface Read<T, E extends Exception> {
    T read() throws E;
  }

  /**
   * A reader exceeded its bound. The first run may do so, as it loads classes: {@link Target}
   * retries.
   */
  static final class Excess extends AssertionError {
    private static final long serialVersionUID = 1;

    Excess(String message) {
      super(message);
    }
  }

  /**
   * Runs {@code read}, and returns its result or throws its exception.
   *
   * @param length bytes of the input
   * @param perByte most bytes to allocate per byte of input, besides a constant
   */
  public static <T, E extends Exception> T bounded(int length, int perByte, Read<T, E> read)
      throws E {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      return read.read();
    } finally {
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      refuseAbove(CONSTANT + (long) perByte * length, allocated, length);
    }
  }

  private static void refuseAbove(long most, long allocated, int length) {
    if (allocated > most) {
      throw new Excess("%d bytes of input took %d bytes of memory, above the bound of %d"
          .formatted(length, allocated, most));
    }
  }
}
