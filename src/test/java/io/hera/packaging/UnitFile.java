package io.hera.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The lines of a unit of systemd. */
record UnitFile(List<String> lines) {
  static UnitFile of(Path file) {
    try {
      return of(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static UnitFile of(String text) {
    return new UnitFile(text.lines().filter(line -> !line.startsWith("#")).toList());
  }

  /** Returns the values of all lines with this key. */
  List<String> values(String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .toList();
  }

  /** Returns the value of the only line with this key. */
  String value(String key) {
    List<String> values = values(key);
    assertThat(values).as(key).hasSize(1);
    return values.get(0);
  }
}
