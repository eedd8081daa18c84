package io.hera.scripts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The options in {@code conf/jvm.options}. */
final class JvmOptions {
  static final Path FILE = Path.of("conf/jvm.options");

  private JvmOptions() {}

  static List<String> all() {
    try (var lines = Files.lines(FILE)) {
      return lines.filter(line -> line.startsWith("-")).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
