package io.hera.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the scenarios of {@code src/test/resources/client-machines}; {@link Script} explains their language. */
class ScenariosTest {
  @TestFactory
  Stream<DynamicTest> registration() throws IOException {
    return scenarios("registration.txt");
  }

  @TestFactory
  Stream<DynamicTest> host() throws IOException {
    return scenarios("host.txt");
  }

  @TestFactory
  Stream<DynamicTest> watch() throws IOException {
    return scenarios("watch.txt");
  }

  /** A file has scenarios, each behind a line {@code == its name}. */
  private static Stream<DynamicTest> scenarios(String file) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String part : Files.readString(Path.of("src/test/resources/client-machines", file))
        .split("(?m)^== ", -1)) {
      List<String> lines = part.lines().toList();
      if (!part.isBlank() && !part.startsWith("#")) {
        tests.add(DynamicTest.dynamicTest(
            lines.get(0), () -> Script.run(lines.subList(1, lines.size()))));
      }
    }
    return tests.stream();
  }
}
