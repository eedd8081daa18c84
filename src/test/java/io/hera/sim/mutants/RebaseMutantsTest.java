package io.hera.sim.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the output of the program, for three mutants with one outcome each. */
class RebaseMutantsTest {
  private static final String FOLDER = "src/test/resources/mutants/";
  private static final String SOURCE = "src/main/java/A.java";
  private static final String TEST = "src/test/java/ATest.java";

  @TempDir
  Path root;

  @BeforeEach
  void createTheFolder() throws IOException {
    Files.createDirectories(root.resolve(FOLDER));
  }

  private static String mutant(String old) {
    return "rule: P1\nswitches off: an example\nfile: A.java\ntest: ATest\n--- old\n%s\n+++ new\n"
        .formatted(old);
  }

  @Test
  void onlyRebasedTextsAreWrittenAndConflictsAreCounted() throws IOException {
    Map<String, String> texts = Map.of(
        FOLDER + "conflict.txt", mutant("f(1);"),
        FOLDER + "rebased.txt", mutant("c = a;"),
        FOLDER + "same.txt", mutant("g();"));
    Map<String, String> before = new HashMap<>(texts);
    before.put(SOURCE, "class A { int a; void b() { c = a; f(1); g(); } }");
    Map<String, String> now = new HashMap<>(texts);
    now.put(SOURCE, "class A { int b; void b() { c = b; f(2); g(); } }");
    now.put(TEST, "");

    int conflicts = RebaseMutants.conflicts(root, new SourceHistory(before, now, Map.of()));

    assertThat(conflicts).isEqualTo(1);
    try (var files = Files.list(root.resolve(FOLDER))) {
      assertThat(files.toList()).isEqualTo(List.of(root.resolve(FOLDER + "rebased.txt")));
    }
    assertThat(root.resolve(FOLDER + "rebased.txt")).hasContent(mutant("c = b;"));
  }
}
