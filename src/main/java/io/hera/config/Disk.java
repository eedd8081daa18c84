package io.hera.config;

import java.time.Duration;

/**
 * What a node keeps on disk; part of {@link Config}. {@link DiskSettings} says what each one means.
 *
 * @param data the directory; empty if it keeps nothing
 */
public record Disk(String data, Duration interval, Duration maxAge) {
  static Disk of(Values values) {
    return new Disk(
        values.get(DiskSettings.DATA),
        values.get(DiskSettings.INTERVAL),
        values.get(DiskSettings.MAX_AGE));
  }
}
