package io.hera.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clocks of the nodes, by libfaketime: it reads the offset of a node from a file, so that a
 * running process can be stepped. Monotonic clocks, and the times of files, are the true ones.
 */
final class WallClocks {
  private static final String NAME = "libfaketimeMT.so.1";

  private final Path folder;
  private final Optional<Path> library = library();

  WallClocks(Path folder) {
    this.folder = folder;
  }

  /** What a wall clock shows. */
  enum Wall {
    CORRECT("+0", 0),
    TEN_MINUTES_BEHIND("-10m", -600),
    A_DAY_BEHIND("-1d", -86_400),
    TEN_MINUTES_AHEAD("+10m", 600),
    AN_HOUR_AHEAD("+1h", 3_600),
    A_YEAR_AHEAD("+1y", 31_536_000);

    static final List<Wall> WRONG = List.of(values()).subList(1, values().length);

    private final String offset;
    private final long seconds;

    Wall(String offset, long seconds) {
      this.offset = offset;
      this.seconds = seconds;
    }

    long offsetMillis() {
      return seconds * 1_000;
    }
  }

  private static Optional<Path> library() {
    try (DirectoryStream<Path> libraries =
        Files.newDirectoryStream(Path.of("/usr/lib"), path -> isFakeTime(path))) {
      Iterator<Path> found = libraries.iterator();
      return found.hasNext() ? Optional.of(inside(found.next())) : Optional.empty();
    } catch (IOException failure) {
      return Optional.empty();
    }
  }

  private static boolean isFakeTime(Path architecture) {
    return Files.isRegularFile(inside(architecture));
  }

  private static Path inside(Path architecture) {
    return architecture.resolve("faketime").resolve(NAME);
  }

  /** Whether clocks can be wrong: Debian's package faketime is installed. */
  boolean canBeWrong() {
    return library.isPresent();
  }

  /** Sets a clock; a process follows within a second. The file is replaced: it is never half written. */
  void set(String node, Wall wall) {
    try {
      Path next = Files.writeString(folder.resolve(node + ".clock.next"), wall.offset + "\n");
      Files.move(next, file(node), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the environment of a process whose clock this is. With {@code FORCE_MONOTONIC_FIX} timed
   * waits return at once with some versions of glibc, and the JVM spins.
   */
  Map<String, String> environment(String node) {
    return library
        .map(path -> Map.of(
            "LD_PRELOAD", path.toString(),
            "FAKETIME_TIMESTAMP_FILE", file(node).toString(),
            "FAKETIME_CACHE_DURATION", "1",
            "FAKETIME_DONT_FAKE_MONOTONIC", "1",
            "FAKETIME_FORCE_MONOTONIC_FIX", "0",
            "NO_FAKE_STAT", "1"))
        .orElse(Map.of());
  }

  private Path file(String node) {
    return folder.resolve(node + ".clock");
  }
}
