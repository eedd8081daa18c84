package io.hera.sim.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A work tree of Git.
 *
 * @param root its folder
 */
record Git(Path root) {
  private static final String SOURCES = "src";

  /** Reads the text files below {@code src} as they are and as they were at {@code revision}. */
  SourceHistory since(String revision) {
    Map<String, String> now = files();
    Map<String, String> before = new TreeMap<>(now);
    before.keySet().retainAll(lines("ls-tree", "-r", "--name-only", revision, SOURCES));
    Map<String, String> moves = new TreeMap<>();
    for (String line : lines("diff", "--name-status", "-M40%", "-l0", revision, "--", SOURCES)) {
      String[] change = line.split("\t", -1);
      if (isText(change[1]) && !change[0].equals("A")) {
        before.put(change[1], run("show", revision + ":" + change[1]));
      }
      if (change.length > 2) {
        moves.put(change[1], change[2]);
      }
    }
    return new SourceHistory(before, now, moves);
  }

  private Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root.resolve(SOURCES))) {
      for (Path path : paths.filter(file -> isText(file.toString())).toList()) {
        files.put(root.relativize(path).toString().replace('\\', '/'), Files.readString(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static boolean isText(String path) {
    return path.endsWith(".java") || path.endsWith(".txt");
  }

  private List<String> lines(String... arguments) {
    return run(arguments).lines().toList();
  }

  /**
   * Returns the output of a git command.
   *
   * @throws IllegalStateException if it fails; git has printed why
   */
  String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(arguments));
    try {
      Process git = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (git.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed");
      }
      return output;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
