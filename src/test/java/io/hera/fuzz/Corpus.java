package io.hera.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The inputs of each target in {@code src/test/resources/fuzz}: examples, and inputs that broke a
 * rule once.
 */
final class Corpus {
  private static final Path ROOT = Path.of("src/test/resources/fuzz");

  private Corpus() {}

  /** Returns the inputs of a target by file name. */
  static Map<String, byte[]> of(Target target) {
    Map<String, byte[]> inputs = new TreeMap<>();
    try (Stream<Path> files = Files.list(ROOT.resolve(target.label()))) {
      for (Path file : files.toList()) {
        inputs.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
      return inputs;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
