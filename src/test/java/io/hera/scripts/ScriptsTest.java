package io.hera.scripts;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the scripts are short and strict, explain themselves, and name missing programs. */
class ScriptsTest {
  private static final int LINES_MAX = 40;

  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("scripts"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void aScriptIsShortAndStrict(Path script) throws IOException {
    assertThat(script).isExecutable();
    assertThat(Files.readAllLines(script))
        .hasSizeLessThanOrEqualTo(LINES_MAX)
        .startsWith("#!/usr/bin/env bash")
        .contains("set -euo pipefail");
  }

  /** Leaves out scripts whose usage a Java program prints, because it may have to be compiled. */
  @ParameterizedTest
  @ValueSource(strings = {"cluster", "hera", "measure", "pictures", "test", "test-main", "torture"})
  void aScriptExplainsItself(String script) throws Exception {
    Run help = Run.of(new ProcessBuilder("scripts/" + script, "-h"));
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).startsWith("usage: scripts/" + script);
  }

  @Test
  void theScriptForNginxIsShortAndExplainsItself() throws Exception {
    String script = "conf/nginx-follow";
    assertThat(Path.of(script)).isExecutable();
    assertThat(Files.readAllLines(Path.of(script)))
        .hasSizeLessThanOrEqualTo(LINES_MAX)
        .startsWith("#!/bin/sh")
        .contains("set -eu");
    Run help = Run.of(new ProcessBuilder(script, "-h"));
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).startsWith("usage: nginx-follow");
    assertThat(Run.of(new ProcessBuilder(script, "orders")).exitCode()).isEqualTo(2);
  }

  @Test
  void anUnknownMeasurementIsWrongUsage() throws Exception {
    assertThat(Run.of(new ProcessBuilder("scripts/measure", "nothing")).exitCode())
        .isEqualTo(2);
  }

  @Test
  void missingProgramsAreNamedInOneLineAndNotInstalled(@TempDir Path programs) throws Exception {
    Files.copy(Path.of("/bin/sed"), programs.resolve("sed"), COPY_ATTRIBUTES);
    ProcessBuilder test = new ProcessBuilder("/bin/bash", "scripts/test");
    test.environment().put("PATH", programs.toString());
    test.environment().put("JAVA_HOME", programs.toString());
    Run run = Run.of(test);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out().lines())
        .singleElement()
        .asString()
        .startsWith("scripts/test: missing: ")
        .contains(
            "default-jdk-headless maven git curl python3 chromium chromium-driver", "--install");
  }

  @ParameterizedTest
  @ValueSource(strings = {"scripts/hera", "src/deb/root/usr/bin/hera", "conf/Dockerfile"})
  void aNodeTakesItsJvmOptionsFromTheFileThatHoldsThem(String starter) throws IOException {
    String text = Files.readString(Path.of(starter));
    assertThat(text).containsPattern("@\\S+/jvm\\.options");
    assertThat(JvmOptions.all())
        .isNotEmpty()
        .allSatisfy(option -> assertThat(text).doesNotContain(option));
  }

  /** Behind {@code --} stands a command to be run as an instance: that needs a small JVM, not that of a node. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run -c f.yml | @/usr/share/hera/jvm.options -Xmx1536m -jar /usr/share/hera/hera.jar run -c f.yml",
        "run orders -p 1 -- x | small run orders -p 1 -- x",
        "-c f -- x | @/usr/share/hera/jvm.options -Xmx1536m -jar /usr/share/hera/hera.jar -c f -- x",
        "ls orders | small ls orders",
        "demo | @/usr/share/hera/jvm.options -Xmx1536m -jar /usr/share/hera/hera.jar demo"
      })
  void aNodeHasItsJvmAndOtherCommandsASmallOne(String arguments, String started, @TempDir Path java)
      throws Exception {
    fakeJava(java, "17.0.1");
    Path small = Files.writeString(java.resolve("command.sh"), "shift; echo small \"$@\"\n");
    String script = Files.readString(Path.of("src/deb/root/usr/bin/hera"))
        .replace("/usr/share/hera/command.sh", small.toString());
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "hera"));
    command.addAll(List.of(arguments.split(" ", -1)));
    ProcessBuilder hera = new ProcessBuilder(command);
    hera.environment().put("JAVA_HOME", java.toString());
    hera.environment().remove("HERA_JAVA_OPTS");
    assertThat(Run.of(hera).out()).isEqualTo(started + "\n");
  }

  /** The first node has the archive made, and those behind it start with it, until there is another jar. */
  @ParameterizedTest
  @CsvSource({"17.0.1,17,-XX:SharedArchiveFile=", "25,25,-XX:AOTCache="})
  void aNodeStartsWithAnArchiveOfItsClasses(
      String version, int release, String option, @TempDir Path folder) throws Exception {
    Path home = folder.toRealPath();
    Path jar = home.resolve("target/hera.jar");
    Path made = home.resolve("target/hera-" + release + ".jsa");
    Path asked = home.resolve("asked");
    fakeBuild(home, "echo >\"$5\"\necho \"$@\" >%s\n".formatted(asked));
    fakeJava(home.resolve("java"), version);
    ProcessBuilder hera = new ProcessBuilder(home + "/scripts/hera", "-p", "1");
    hera.environment().put("JAVA_HOME", home.resolve("java").toString());
    hera.environment().remove("HERA_JAVA_OPTS");
    assertThat(Run.of(hera).out())
        .contains("@" + home + "/conf/jvm.options")
        .doesNotContain(option)
        .endsWith(" -jar %s -p 1\n".formatted(jar));
    Eventually.passes(() -> assertThat(asked).isNotEmptyFile());
    assertThat(Files.readString(asked))
        .startsWith("10 %s/java/bin/java %d %s %s @".formatted(home, release, jar, made));
    makeNewer(made, jar);
    Files.delete(asked);
    assertThat(Run.of(hera).out()).contains(option + made);
    makeNewer(jar, made);
    assertThat(Run.of(hera).out()).doesNotContain(option);
    Eventually.passes(() -> assertThat(asked).isNotEmptyFile());
  }

  /** Makes what the script takes for a built project, with this text as {@code archive.sh}. */
  private static void fakeBuild(Path home, String archiveScript) throws IOException {
    for (String folder : List.of("conf", "scripts", "src/main", "target")) {
      Files.createDirectories(home.resolve(folder));
    }
    Files.copy(Path.of("scripts/hera"), home.resolve("scripts/hera"), COPY_ATTRIBUTES);
    Files.writeString(home.resolve("conf/archive.sh"), archiveScript);
    Files.createFile(home.resolve("pom.xml"));
    Files.createFile(home.resolve("target/hera.jar"));
  }

  private static void makeNewer(Path file, Path older) throws IOException {
    FileTime later = FileTime.from(Files.getLastModifiedTime(older).toInstant().plusSeconds(1));
    Files.setLastModifiedTime(file, later);
  }

  private static void fakeJava(Path home, String version) throws IOException {
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    Path fake = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho \"$@\"\n");
    assertThat(fake.toFile().setExecutable(true)).isTrue();
  }

  /** A finished process, and what it printed on both streams. */
  private record Run(int exitCode, String out) {
    static Run of(ProcessBuilder command) throws IOException, InterruptedException {
      Process process = command.redirectErrorStream(true).start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Run(process.waitFor(), out);
    }
  }
}
