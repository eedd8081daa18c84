package io.hera.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One Markdown file of the project.
 *
 * @param path relative to the project's folder
 */
record Markdown(Path path, String text) {
  static final Path README = Path.of("README.md");
  static final Path SITE = Path.of("src/site/markdown");

  private static final Pattern BLOCK =
      Pattern.compile("^```([^\n]*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern SECTION = Pattern.compile(
      "^(#{1,6}) ([^\n]+)\n(.*?)(?=^#{1,6} |\\z)", Pattern.DOTALL | Pattern.MULTILINE);

  /**
   * A fenced block.
   *
   * @param kind what stands behind the opening fence; may be empty
   * @param line of the file, where its text begins
   */
  record Block(Path path, int line, String kind, String text) {
    @Override
    public String toString() {
      return path + ":" + line;
    }
  }

  /**
   * A heading and what follows up to the next one, of whatever level.
   *
   * @param level 1 for the title of the file
   */
  record Section(int level, String title, String body) {}

  /** Reads one file. */
  static Markdown of(Path path) {
    try {
      return new Markdown(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads README.md and every file of the site. */
  static List<Markdown> all() {
    try (Stream<Path> site = Files.list(SITE)) {
      return Stream.concat(Stream.of(README), site.sorted()).map(Markdown::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      int line = 1 + (int) text.substring(0, matcher.start(2)).lines().count();
      blocks.add(new Block(path, line, matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  List<Section> sections() {
    return SECTION
        .matcher(prose())
        .results()
        .map(found -> new Section(found.group(1).length(), found.group(2), found.group(3)))
        .toList();
  }

  /** Returns the text without its fenced blocks. */
  String prose() {
    return BLOCK.matcher(text).replaceAll("");
  }
}
