package io.hera.sim.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the history of a repository with one commit. */
class GitTest {
  private static final String CODE = "class Example {\n  int one;\n  int two;\n  int three;\n}\n";

  @TempDir
  Path root;

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @BeforeEach
  void commitThreeFiles() throws IOException {
    write("src/a/Same.java", "class Same {}\n");
    write("src/a/Changed.java", "class Changed {}\n");
    write("src/a/Example.java", CODE);
    git("init", "-q");
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "a");
  }

  private void git(String... arguments) {
    new Git(root).run(arguments);
  }

  @Test
  void filesAreReadAsTheyAreAndAsTheyWere() throws IOException {
    write("src/a/Changed.java", "class Changed { /* ü */ }\n");
    write("src/a/New.java", "class New {}\n");
    Files.delete(root.resolve("src/a/Example.java"));
    SourceHistory history = new Git(root).since("HEAD");
    assertThat(history.before())
        .containsOnlyKeys("src/a/Same.java", "src/a/Changed.java", "src/a/Example.java")
        .containsEntry("src/a/Changed.java", "class Changed {}\n")
        .containsEntry("src/a/Example.java", CODE);
    assertThat(history.now())
        .containsOnlyKeys("src/a/Same.java", "src/a/Changed.java", "src/a/New.java")
        .containsEntry("src/a/Same.java", "class Same {}\n")
        .containsEntry("src/a/Changed.java", "class Changed { /* ü */ }\n");
  }

  @Test
  void aMovedFileIsFollowed() throws IOException {
    git("mv", "src/a/Example.java", "src/Better.java");
    write("src/Better.java", CODE.replace("Example", "Better"));
    SourceHistory history = new Git(root).since("HEAD");
    assertThat(history.pathNow("src/a/Example.java")).contains("src/Better.java");
    assertThat(history.pathBefore("src/Better.java")).isEqualTo("src/a/Example.java");
    assertThat(history.before()).containsEntry("src/a/Example.java", CODE);
    assertThat(history.changed("src/")).containsOnlyKeys("src/Better.java");
  }

  @Test
  void anUnknownRevisionIsRefused() {
    assertThatThrownBy(() -> new Git(root).since("nowhere"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nowhere");
  }
}
