package io.hera.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds habits of style out of comments, messages, texts and test names: phrases that a reader has
 * to read twice, and words of a private language where the field has a word.
 */
class BannedPhrasesTest {
  /**
   * A phrase that no text may contain.
   *
   * @param pattern matches text in which a space stands for any white space
   * @param instead the reason, or the phrase to use
   */
  private record Ban(Pattern pattern, String instead) {}

  private static final List<Ban> BANS = List.of(
      ban("one an? (?!time\\b)\\w+", "one per node"),
      ban(
          "(?<!there )(is|are|was|were|be) no (?!longer|more|less|later|earlier|better|worse|larger"
              + "|smaller|slower|faster|higher|lower|further|older|newer)\\w+",
          "is not a duration"),
      ban("(?<!there )(is|are|was|were|be) none", "is not one"),
      ban("of no (account|use)", "is ignored"),
      ban("(whoever|whomever|nobody|somebody|everybody|anybody)", "name the agent"),
      ban(
          "((is|are|was|were|be|being|been|gets?|got) told|told (of|about|by|to)|tells? of)",
          "name who sends what"),
      ban(
          "what (is|was|are|were|has|have|had|comes?|came|goes|went|stays?|remains?|there)(?! [^.;]*\\?)",
          "a noun: the entry, the value"),
      ban(
          "((for|of|to|from|by|than|as|and|if|so that|but|only) who|[.;:] who) [a-z]+(?![^.]*\\?)",
          "name the agent"),
      ban("for ever", "forever, or a time"),
      ban("(own|old|older|later|last|hidden) words?", "entry"),
      ban("(?<!stack )traces?", "tombstone"),
      ban("siblings?", "peer"),
      ban("news", "change, entry"),
      ban("(put|puts|set|sets) right", "corrected"),
      ban("(write|writes|written|writing|wrote|tells?|told) anew", "restamped, rewritten"),
      ban("lets? go( of)?", "completes, drops"),
      ban(
          "(?-i:PROTOCOL|API|STYLE|REVIEW|DEFECTS|STACK|OPERATIONS|SECURITY|CLIENT|DASHBOARD|INTEGRATION)"
              + "(\\.md| [PSL]\\d| §)",
          "protocol.md, or the rule alone: files outside the repository cannot be looked up"));

  private static final Pattern TEST_NAME =
      Pattern.compile("void (so|it|its|they|that|this|what|who|which)[A-Z]\\w*\\(");

  /** Folders and files whose texts are checked. */
  private static final List<String> CLEAN = List.of(
      "README.md",
      "conf",
      "src/main/clustered",
      "src/main/java/io/hera/json",
      "src/main/java/io/hera/registry",
      "src/main/java/io/hera/wire",
      "src/site",
      "src/test/java/io/hera/docs",
      "src/test/java/io/hera/fuzz",
      "src/test/java/io/hera/json",
      "src/test/java/io/hera/registry",
      "src/test/java/io/hera/scenario",
      "src/test/java/io/hera/torture",
      "src/test/java/io/hera/wire",
      "src/test/resources/mutants",
      "src/test/resources/scenarios",
      "src/test/resources/simulations",
      "src/tools/java/io/hera/torture");

  private static Ban ban(String regex, String instead) {
    return new Ban(Pattern.compile("\\b" + regex + "\\b", Pattern.CASE_INSENSITIVE), instead);
  }

  @Test
  void noTextHasABannedPhrase() {
    assertThat(CLEAN.stream().flatMap(BannedPhrasesTest::files).flatMap(BannedPhrasesTest::found))
        .isEmpty();
  }

  private static Stream<Path> files(String root) {
    try (Stream<Path> all = Files.walk(Path.of(root))) {
      return all
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("BannedPhrasesTest.java"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> found(Path file) {
    String text = read(file);
    Prose prose = file.toString().endsWith(".java") ? Prose.ofJava(text) : Prose.of(text);
    Stream<String> phrases = BANS.stream()
        .flatMap(ban -> prose.find(ban.pattern()).map(found -> found + ": " + ban.instead()));
    Stream<String> names =
        Prose.of(text).find(TEST_NAME).map(name -> name + ": a sentence that stands alone");
    return Stream.concat(phrases, names).map(found -> file + ":" + found);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException binary) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "// One a node. | 1: One a node: one per node",
        "a = b; // this is\\n  // no span | 1: is no span: is not a duration",
        "/**\\n * Gives what\\n * is over. | 2: what is: a noun: the entry, the value",
        "x(\"nobody\"); | 1: nobody: name the agent",
        "void itEnds() {} | 1: void itEnds(: a sentence that stands alone",
        "// There is no such file. |",
        "// What is this? |",
        "int nobody; |",
      })
  void aPhraseIsFoundInCommentsStringsAndTestNames(String source, String expected) {
    String text = source.replace("\\n", "\n");
    Stream<String> phrases = BANS.stream()
        .flatMap(ban ->
            Prose.ofJava(text).find(ban.pattern()).map(found -> found + ": " + ban.instead()));
    Stream<String> names =
        Prose.of(text).find(TEST_NAME).map(name -> name + ": a sentence that stands alone");
    assertThat(Stream.concat(phrases, names))
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }
}
