package io.hera.cli.reach;

import io.hera.cli.shell.CommandFailed;
import io.hera.cli.shell.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Reads files with secrets. One that other users may read is refused: they may have read it. */
final class SecretFile {
  private static final int BYTES_MAX = 64 << 10;

  private SecretFile() {}

  /** Checks that a file is there, and that neither all users may read it nor change it. */
  static Path check(String name) {
    try {
      Path file = Path.of(name);
      Set<PosixFilePermission> all = permissions(file);
      if (all.contains(PosixFilePermission.OTHERS_READ)
          || all.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw wrong(name + ": other users may read or write it: chmod o= " + name);
      }
      if (!Files.isRegularFile(file)) {
        throw wrong(name + ": is not a regular file");
      }
      return file;
    } catch (NoSuchFileException none) {
      throw wrong(name + ": does not exist");
    } catch (IOException | InvalidPathException failure) {
      throw wrong(name + ": cannot be read: " + failure.getMessage());
    }
  }

  /** Returns the content of a short file. */
  static String text(String name) {
    Path file = check(name);
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(BYTES_MAX), StandardCharsets.ISO_8859_1);
    } catch (IOException failure) {
      throw wrong(name + ": cannot be read: " + failure.getMessage());
    }
  }

  private static Set<PosixFilePermission> permissions(Path file) throws IOException {
    try {
      return Files.getPosixFilePermissions(file);
    } catch (UnsupportedOperationException withoutPermissions) {
      return Set.of();
    }
  }

  private static CommandFailed wrong(String line) {
    return new CommandFailed(ExitCode.USAGE, line);
  }
}
