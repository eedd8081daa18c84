package io.hera.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Folders of scenarios, each a file of text that is a test. */
public final class ScenarioFiles {
  private ScenarioFiles() {}

  /** Runs the lines of a scenario. */
  @FunctionalInterface
  public interface Runner {
    /** Fails with the name of the file and the line. */
    void run(String name, List<String> lines);
  }

  /** Returns a test for each file of a folder, which has some. */
  public static Stream<DynamicTest> tests(Path folder, Runner runner) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    return files.stream().map(file -> {
      String name = file.getFileName().toString();
      return DynamicTest.dynamicTest(
          name, file.toUri(), () -> runner.run(name, Files.readAllLines(file)));
    });
  }
}
