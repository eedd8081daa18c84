package io.hera.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Bounds what a reader allocates for the bytes it is given: linear in them, so that neither a bomb nor something quadratic
 * passes. Counts bytes and not time, hence a slow machine changes nothing.
 */
public final class Allocation {
  /** For whatever does not depend on the input. */
  private static final long CONSTANT = 256 << 10;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** What is measured. */
  public interface Read<T, E extends Exception> {
    T read() throws E;
  }

  /** Something took more than it may. A first run may, as it loads classes, so {@link Target} tries once more. */
  static final class Excess extends AssertionError {
    private static final long serialVersionUID = 1;

    Excess(String message) {
      super(message);
    }
  }

  /**
   * Runs {@code read}, which may also fail, and passes on what it comes to.
   *
   * @param length of the input, bytes
   * @param perByte most bytes that may be allocated for each of them, besides a constant
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
