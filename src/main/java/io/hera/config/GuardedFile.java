package io.hera.config;

import io.hera.config.source.YamlSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Reads files that decide who may do what. A user who is neither the owner nor in the group must not write them. */
final class GuardedFile {
  private GuardedFile() {}

  /**
   * Returns the content of a file; blocks.
   *
   * @throws ConfigException if it cannot be read as a whole, is larger than 1 MiB, or others may write it
   */
  static byte[] read(String file) {
    ConfigLoader.check(file);
    if (othersMay(file, PosixFilePermission.OTHERS_WRITE)) {
      throw ConfigLoader.unreadable(file, "may be written by all users: chmod o-w " + file);
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return in.readNBytes(YamlSource.BYTES_MAX + 1);
    } catch (IOException failure) {
      throw ConfigLoader.unreadable(file, "cannot be read: " + failure.getMessage());
    }
  }

  /** Returns whether all users of the machine have this permission; false where files have none. */
  static boolean othersMay(String file, PosixFilePermission permission) {
    try {
      Set<PosixFilePermission> all = Files.getPosixFilePermissions(Path.of(file));
      return all.contains(permission);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }
}
