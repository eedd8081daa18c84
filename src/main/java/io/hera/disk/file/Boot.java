package io.hera.disk.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The present boot of the machine.
 *
 * @param id empty if it is unknown
 * @param uptimeMillis time since then, with suspends
 */
public record Boot(String id, long uptimeMillis) {
  static final Boot UNKNOWN = new Boot("", 0);

  private static final Path ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path UPTIME = Path.of("/proc/uptime");

  /** Returns the boot of this machine, as Linux tells it. */
  public static Boot now() {
    try {
      double seconds = Double.parseDouble(Files.readString(UPTIME).split(" ", 2)[0]);
      return new Boot(Files.readString(ID).strip(), (long) (seconds * 1_000));
    } catch (IOException | NumberFormatException absent) {
      return UNKNOWN;
    }
  }
}
