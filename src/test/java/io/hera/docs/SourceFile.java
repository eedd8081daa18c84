package io.hera.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A source or text below {@code src}, the site excluded.
 *
 * @param path relative to the project's folder
 */
record SourceFile(Path path, String text) {
  private static final Set<String> ENDINGS = Set.of("java", "txt", "yml", "yaml", "xml", "lua");

  /** Comments, text blocks and strings of Java. */
  private static final Pattern WORDS = Pattern.compile(
      "/\\*.*?\\*/|//[^\n]*|\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"", Pattern.DOTALL);

  /** Reads all of them. */
  static List<SourceFile> all() {
    return files("src").stream()
        .filter(path -> ENDINGS.contains(ending(path)))
        .map(SourceFile::of)
        .toList();
  }

  /** Returns the simple names of the top-level classes below {@code folder}. */
  static Set<String> classes(String folder) {
    return files(folder).stream()
        .filter(path -> ending(path).equals("java"))
        .map(SourceFile::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  boolean isText() {
    return ending(path).equals("txt");
  }

  /** Returns the file's name without its ending. */
  String name() {
    return name(path);
  }

  /** Returns the prose: the comments and strings of Java, all of another text. */
  String words() {
    return ending(path).equals("java")
        ? WORDS.matcher(text).results().map(MatchResult::group).collect(Collectors.joining("\n"))
        : text;
  }

  private static SourceFile of(Path path) {
    try {
      return new SourceFile(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(String folder) {
    try (Stream<Path> all = Files.walk(Path.of(folder))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
  }

  private static String ending(Path path) {
    String name = path.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
