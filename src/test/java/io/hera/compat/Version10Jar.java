package io.hera.compat;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The jar of version 1.0: the one that {@code -Dhera.old.jar} names, or one that is built from the
 * history of the repository. Tests are skipped if there is neither.
 */
final class Version10Jar {
  private static final String COMMIT = "96c9af8bf958914a78ab47bb1ac8182283d40a31";
  private static final Path FOLDER = Path.of("target/hera-1.0");
  private static final Path JAR = FOLDER.resolve("target/hera.jar");
  private static final Path LOG = Path.of("target/hera-1.0.log");
  private static final int MINUTES_MAX = 5;
  /** It was checked when it was written; javac takes half of the time without the plugin, in whose place is a key for no one. */
  private static final List<String> WITHOUT_ERROR_PRONE =
      List.of("-Derrorprone=-Aunchecked=", "-Dnullaway.main=");

  private Version10Jar() {}

  /** Returns the path of the jar; the first call may take half a minute. */
  static String path() {
    String given = System.getProperty("hera.old.jar", "");
    if (!given.isEmpty()) {
      if (!Files.isRegularFile(Path.of(given))) {
        throw new IllegalStateException("the property hera.old.jar names no file: " + given);
      }
      return given;
    }
    if (!Files.isRegularFile(JAR)) {
      build();
    }
    return JAR.toString();
  }

  private static void build() {
    assumeTrue(
        run("git", "cat-file", "-e", COMMIT + "^{commit}"),
        "the history has no version 1.0 (commit " + COMMIT + "); name its jar by -Dhera.old.jar=");
    try {
      Files.createDirectories(FOLDER);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    String sources = FOLDER.resolve("sources.tar").toString();
    boolean built = run("git", "archive", "--output=" + sources, COMMIT)
        && run("tar", "-xf", sources, "-C", FOLDER.toString())
        && (run(maven("-o")) || run(maven()));
    assumeTrue(built, "version 1.0 cannot be built, see " + LOG);
  }

  /** Returns the command that builds the jar, with further options. */
  private static String[] maven(String... options) {
    List<String> command = new ArrayList<>(List.of("mvn", "-q", "-B", "-ntp"));
    command.addAll(List.of(options));
    command.addAll(List.of("-f", FOLDER.resolve("pom.xml").toString()));
    command.addAll(List.of("-Dmaven.test.skip=true", "-Dspotless.check.skip=true"));
    command.addAll(WITHOUT_ERROR_PRONE);
    command.add("package");
    return command.toArray(String[]::new);
  }

  /** Runs a command to its end; returns whether it succeeded. Its output goes to {@link #LOG}. */
  private static boolean run(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
    builder.environment().remove("MAVEN_PROJECTBASEDIR");
    try {
      Process process = builder.start();
      if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
