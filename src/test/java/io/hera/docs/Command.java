package io.hera.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of a block {@code console}, and what it answers: lines, or parts of lines, in any
 * order.
 *
 * @param block where it stands
 * @param line without the prompt
 */
record Command(Markdown.Block block, String line, List<String> answer) {
  private static final String PROMPT = "$ ";

  /** Values that differ each time, and white space, which varies in a table. */
  private static final Pattern VOLATILE =
      Pattern.compile("(?<=expires-in: )\\d+|(?<=, up )\\d+ s|(?<=, version )\\S+|\\s+");

  private static final Pattern STARTS_A_NODE =
      Pattern.compile("scripts/hera(?! doctor| -h)[^&]*|java -cp target/hera\\.jar [^&]*");

  /** Returns the commands in the blocks of this kind, in order. */
  static List<Command> in(Markdown file, String kind) {
    List<Command> commands = new ArrayList<>();
    for (Markdown.Block block : file.blocks()) {
      if (block.kind().equals(kind)) {
        for (String line : block.text().lines().toList()) {
          if (line.startsWith(PROMPT)) {
            commands.add(new Command(block, line.substring(PROMPT.length()), new ArrayList<>()));
          } else {
            commands.get(commands.size() - 1).answer().add(line);
          }
        }
      }
    }
    return commands;
  }

  /** Returns the lines of the blocks {@code sh} of all files, without an ampersand at their end. */
  static Set<String> lines() {
    Set<String> lines = new TreeSet<>();
    for (Markdown file : Markdown.all()) {
      file.blocks().stream()
          .filter(block -> block.kind().equals("sh"))
          .flatMap(block -> block.text().lines())
          .forEach(line -> lines.add(line.replaceFirst(" &$", "")));
    }
    return lines;
  }

  static Set<String> linesThatStartANode() {
    Set<String> lines = lines();
    lines.removeIf(line -> !STARTS_A_NODE.matcher(line).matches());
    return lines;
  }

  /** Fails unless {@code said} has each line of the answer in it. */
  void matches(String said) {
    assertThat(answer)
        .as("%s: %s answered %s", block, line, said)
        .allSatisfy(
            expected -> assertThat(pattern(expected).matcher(said).find()).isTrue());
  }

  private static Pattern pattern(String expected) {
    StringBuilder pattern = new StringBuilder();
    Matcher parts = VOLATILE.matcher(expected);
    int from = 0;
    while (parts.find()) {
      pattern.append(Pattern.quote(expected.substring(from, parts.start())));
      pattern.append(parts.group().isBlank() ? "\\s+" : "\\d+( s)?\\S*");
      from = parts.end();
    }
    pattern.append(Pattern.quote(expected.substring(from)));
    return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE);
  }
}
