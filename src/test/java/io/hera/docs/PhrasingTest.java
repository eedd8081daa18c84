package io.hera.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Plain technical English: a few habits that readers stumble over do not come back. */
class PhrasingTest {
  private static final List<Path> ROOTS = Stream.of(
          "README.md", "src/site", "src/main/clustered", "conf", "scripts")
      .map(Path::of)
      .toList();

  /** Subjects without a name, passives without an agent, and negations of nouns. */
  private static final Pattern HABIT = Pattern.compile(
      String.join(
          "|",
          "\\b(who|what)ever (is|was|has|asks?|wants?|comes?|does)\\b",
          "\\bwhoever\\b",
          "\\b(no|some|every|any)body\\b",
          "\\b(is|are|was|were|be|being) told\\b",
          "(?<!there[\\s#*]{1,6})\\b(is|are) no(ne)? [a-z]+\\b",
          "\\bone an? (node|peer|origin|life|cycle|verb|verticle|page|answer)\\b",
          "\\blets? go of\\b"),
      Pattern.CASE_INSENSITIVE);

  @Test
  void noTextHasOneOfTheBannedHabits() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path root : ROOTS) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          find(file, Files.readString(file), found);
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static void find(Path file, String text, List<String> found) {
    Matcher habits = HABIT.matcher(text);
    while (habits.find()) {
      long line = text.substring(0, habits.start()).lines().count();
      found.add(file + ":" + line + ": " + habits.group());
    }
  }
}
