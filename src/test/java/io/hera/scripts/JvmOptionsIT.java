package io.hera.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.HeraProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The options in {@code conf/jvm.options} suit every Java, 17 or newer, that is installed here. */
class JvmOptionsIT {
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");
  private static final Pattern RELEASE = Pattern.compile("JAVA_VERSION=\"(\\d+)");
  private static final int OLDEST = 17;

  /** The folder of the Java that runs this test, and those of Debian's packages. */
  static Set<Path> javaHomes() throws IOException {
    Set<Path> homes =
        new TreeSet<>(Set.of(Path.of(System.getProperty("java.home")).toRealPath()));
    if (Files.isDirectory(INSTALLED)) {
      try (Stream<Path> folders = Files.list(INSTALLED)) {
        for (Path folder : folders.toList()) {
          if (release(folder) >= OLDEST) {
            homes.add(folder.toRealPath());
          }
        }
      }
    }
    return homes;
  }

  /** Returns the release of a Java; 0 if there is none in the folder. */
  static int release(Path folder) throws IOException {
    Path file = folder.resolve("release");
    if (!Files.isRegularFile(file) || !Files.isExecutable(folder.resolve("bin/java"))) {
      return 0;
    }
    Matcher release = RELEASE.matcher(Files.readString(file));
    return release.find() ? Integer.parseInt(release.group(1)) : 0;
  }

  /** A node without memory would answer some requests, and lose others. */
  @Test
  void aProcessThatHasRunOutOfMemoryEnds(@TempDir Path folder) throws IOException {
    Path program = Files.writeString(folder.resolve("Exhausted.java"), """
        class Exhausted {
          public static void main(String[] arguments) throws InterruptedException {
            try {
              long[] tooMuch = new long[100 << 20];
              System.out.println(tooMuch.length);
            } catch (OutOfMemoryError survived) {
              System.out.println("survived");
            }
          }
        }
        """);
    String line = "%s/bin/java @%s -Xmx64m %s"
        .formatted(System.getProperty("java.home"), JvmOptions.FILE, program);
    try (HeraProcess process = HeraProcess.shell(Map.of(), line)) {
      assertThat(process.exitCode()).isEqualTo(3);
      assertThat(process.out()).doesNotContain("survived");
    }
  }

  /** Vert.x encodes a message to another process as text, and that process decodes it. */
  @Test
  void aMessageOnTheEventBusMayHaveLongNamesAndNumbers(@TempDir Path folder) throws IOException {
    Path program = Files.writeString(folder.resolve("Decoder.java"), """
        import io.vertx.core.json.JsonObject;

        class Decoder {
          public static void main(String[] arguments) {
            String name = "n".repeat(60_000);
            JsonObject read = new JsonObject("{\\"" + name + "\\":" + "1".repeat(1_200) + "}");
            System.out.println(read.getValue(name).toString().length());
          }
        }
        """);
    String line = "%s/bin/java @%s -cp %s %s"
        .formatted(
            System.getProperty("java.home"),
            JvmOptions.FILE,
            System.getProperty("hera.jar"),
            program);
    try (HeraProcess process = HeraProcess.shell(Map.of(), line)) {
      assertThat(process.exitCode()).as(process.err()).isZero();
      assertThat(process.out()).isEqualTo("1200\n");
    }
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void theJarStartsWithTheOptionsAndWithoutAWarning(Path javaHome) {
    String line = "%s/bin/java @%s -Xmx1536m -jar %s --version"
        .formatted(javaHome, JvmOptions.FILE, System.getProperty("hera.jar"));
    try (HeraProcess hera = HeraProcess.shell(Map.of(), line)) {
      assertThat(hera.exitCode()).as(hera.err()).isZero();
      assertThat(hera.out()).startsWith("hera ");
      assertThat(hera.err()).isEmpty();
    }
  }
}
