package io.hera.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A time that never goes back and goes on while the machine is suspended (P11), in nanoseconds: the monotonic clock, plus the time
 * that it has lost against {@code /proc/uptime} since the start. The monotonic clock of Java stands still during a suspend. Where there
 * is no such file, it is the monotonic clock. Used on one context only.
 *
 * <p>The file is read once a second, and at once when the wall clock has moved against the monotonic one: after a suspend it has,
 * and with a boot time that is behind, the node would tell ages that are too small, and refuse what its peers wrote meanwhile.
 */
public final class BootTime implements LongSupplier {
  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final long READ_NANOS = TimeUnit.SECONDS.toNanos(1);
  /** Differences below this come from the resolution of the file and the time to read it. */
  private static final long JITTER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final LongSupplier monotonicNanos;
  private final InstantSource wall;
  private final Supplier<OptionalLong> uptimeMillis;
  private final OptionalLong startDifference;
  private long readNanos;
  private long gainedNanos;
  private long wallDifferenceMillis;

  /**
   * Creates a boot time.
   *
   * @param wall unix time; may step and be wrong
   * @param uptimeMillis time since the machine was booted, with its suspends; empty if unknown
   */
  public BootTime(
      LongSupplier monotonicNanos, InstantSource wall, Supplier<OptionalLong> uptimeMillis) {
    this.monotonicNanos = monotonicNanos;
    this.wall = wall;
    this.uptimeMillis = uptimeMillis;
    this.readNanos = monotonicNanos.getAsLong();
    this.startDifference = difference(readNanos);
    this.wallDifferenceMillis = wallDifferenceMillis(readNanos);
  }

  /** Returns the boot time of this machine, which has these clocks. */
  public static BootTime after(LongSupplier monotonicNanos, InstantSource wall) {
    return new BootTime(monotonicNanos, wall, () -> uptimeMillis(UPTIME));
  }

  @Override
  public long getAsLong() {
    long now = monotonicNanos.getAsLong();
    if (startDifference.isPresent() && (now - readNanos >= READ_NANOS || wallHasMoved(now))) {
      readNanos = now;
      wallDifferenceMillis = wallDifferenceMillis(now);
      difference(now).ifPresent(this::compare);
    }
    return now + gainedNanos;
  }

  private boolean wallHasMoved(long now) {
    long moved = wallDifferenceMillis(now) - wallDifferenceMillis;
    return TimeUnit.MILLISECONDS.toNanos(Math.abs(moved)) > JITTER_NANOS;
  }

  private long wallDifferenceMillis(long now) {
    return wall.millis() - TimeUnit.NANOSECONDS.toMillis(now);
  }

  private void compare(long difference) {
    long gained = difference - startDifference.orElseThrow();
    if (gained - gainedNanos > JITTER_NANOS) {
      gainedNanos = gained;
    }
  }

  private OptionalLong difference(long now) {
    OptionalLong uptime = uptimeMillis.get();
    return uptime.isPresent()
        ? OptionalLong.of(TimeUnit.MILLISECONDS.toNanos(uptime.getAsLong()) - now)
        : OptionalLong.empty();
  }

  /** Reads a file such as {@code "12992.93 6760.79"}: seconds since the boot, and idle seconds. */
  static OptionalLong uptimeMillis(Path file) {
    try {
      double seconds = Double.parseDouble(Files.readString(file).split(" ", 2)[0]);
      return OptionalLong.of((long) (seconds * 1_000));
    } catch (IOException | NumberFormatException absent) {
      return OptionalLong.empty();
    }
  }
}
