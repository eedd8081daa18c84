package io.hera.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.HeraProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The archive of a node's classes that {@code conf/archive.sh} makes suits the jar and the options of a node. */
class ArchiveIT {
  private static HeraProcess archive(Path javaHome, int release, Path archive) {
    return HeraProcess.shell(
        Map.of(),
        "sh conf/archive.sh 0 %s/bin/java %d %s %s @%s -Xmx1536m"
            .formatted(
                javaHome, release, System.getProperty("hera.jar"), archive, JvmOptions.FILE));
  }

  @ParameterizedTest
  @MethodSource("io.hera.scripts.JvmOptionsIT#javaHomes")
  void aNodeStartsWithTheArchive(Path javaHome, @TempDir Path folder) throws IOException {
    int release = JvmOptionsIT.release(javaHome);
    Path archive = folder.resolve("hera.jsa");
    try (HeraProcess make = archive(javaHome, release, archive)) {
      assertThat(make.exitCode()).as(make.err()).isZero();
    }
    assertThat(folder).isDirectoryNotContaining("glob:**.d");
    // Either option makes the JVM refuse to start without the archive.
    String use =
        release < 25 ? "-Xshare:on -XX:SharedArchiveFile=" : "-XX:AOTMode=on -XX:AOTCache=";
    String line = "%s/bin/java @%s -Xmx1536m %s%s -jar %s --version"
        .formatted(javaHome, JvmOptions.FILE, use, archive, System.getProperty("hera.jar"));
    try (HeraProcess hera = HeraProcess.shell(Map.of(), line)) {
      assertThat(hera.exitCode()).as(hera.out() + hera.err()).isZero();
      assertThat(hera.out()).startsWith("hera ");
    }
  }

  @Test
  void anArchiveThatIsBeingMadeIsLeftAlone(@TempDir Path folder) throws IOException {
    Path archive = folder.resolve("hera.jsa");
    Path work = Files.createDirectory(folder.resolve("hera.jsa.d"));
    try (HeraProcess make = archive(Path.of(System.getProperty("java.home")), 17, archive)) {
      assertThat(make.exitCode()).as(make.err()).isZero();
    }
    assertThat(archive).doesNotExist();
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void wrongUsageIsExplained() {
    try (HeraProcess make = HeraProcess.shell(Map.of(), "sh conf/archive.sh 0")) {
      assertThat(make.exitCode()).isEqualTo(2);
      assertThat(make.err()).contains("archive.sh SECONDS JAVA RELEASE JAR ARCHIVE");
    }
  }
}
