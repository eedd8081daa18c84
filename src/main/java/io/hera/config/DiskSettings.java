package io.hera.config;

import static io.hera.config.Setting.Effect.RESTART;
import static io.hera.config.source.ValueTypes.duration;

import io.hera.config.Setting.Derived;
import io.hera.config.Setting.Fixed;
import io.hera.config.source.ValueTypes;
import java.time.Duration;
import java.util.List;

/** The rows for {@code data} and {@code snapshot} in the table of settings; see {@link Settings}. */
public final class DiskSettings {
  public static final Setting<String> DATA = new Setting<>(
      "data",
      ValueTypes.DIRECTORY,
      new Derived<>("none", "/var/lib/hera", others -> ""),
      RESTART,
      config -> config.disk().data(),
      "Directory in which the node keeps a snapshot of what it holds, and from which it brings that"
          + " back when all nodes have stopped; also --data.",
      "Without it, a cluster whose nodes all stop at once knows an instance again when that renews"
          + " itself.");

  public static final Setting<Duration> INTERVAL = new Setting<>(
      "snapshot.interval",
      duration(Duration.ofSeconds(1), Duration.ofHours(1)),
      new Fixed<>(Duration.ofSeconds(60)),
      RESTART,
      config -> config.disk().interval(),
      "Time from one snapshot to the next, if something has changed. Large snapshots are written"
          + " more rarely, at 100 kB per second on average.",
      "Shorter: less is forgotten when all nodes crash at once, but more is written. Nodes that"
          + " are stopped in order forget nothing.");

  public static final Setting<Duration> MAX_AGE = new Setting<>(
      "snapshot.max-age",
      duration(Duration.ofSeconds(1), Duration.ofDays(365)),
      new Fixed<>(Duration.ofHours(1)),
      RESTART,
      config -> config.disk().maxAge(),
      "A node that starts does not use a snapshot that is older.",
      "Longer: after a long stop, clients get instances that may be gone since, for the rest of"
          + " their ttl or one liveness.");

  static final List<Setting<?>> ROWS = List.of(DATA, INTERVAL, MAX_AGE);

  private DiskSettings() {}
}
