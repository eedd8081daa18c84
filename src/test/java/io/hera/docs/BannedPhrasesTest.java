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
      ban("(?<!stack )(?-i:[Tt]races?)", "tombstone"),
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

  private static final List<String> ROOTS = List.of("README.md", "conf", "scripts", "src");

  private static Ban ban(String regex, String instead) {
    return new Ban(Pattern.compile("\\b" + regex + "\\b", Pattern.CASE_INSENSITIVE), instead);
  }

  @Test
  void noTextHasABannedPhrase() {
    assertThat(ROOTS.stream().flatMap(BannedPhrasesTest::files).flatMap(BannedPhrasesTest::found))
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
    return found(read(file), file.toString(), file.toString().endsWith(".java"));
  }

  /** Returns the banned phrases in a text, and the names of tests if it is Java. */
  private static Stream<String> found(String text, String file, boolean java) {
    Prose prose = java ? Prose.ofJava(text) : Prose.of(text);
    Stream<String> phrases = BANS.stream()
        .flatMap(
            ban -> prose.find(ban.pattern()).map(found -> message(file, found, ban.instead())));
    Stream<String> names = Prose.of(java ? text : "")
        .find(TEST_NAME)
        .map(found -> message(file, found, "a sentence that stands alone"));
    return Stream.concat(phrases, names);
  }

  private static String message(String file, Prose.Found found, String instead) {
    return "%s:%d: %s (instead: %s)".formatted(file, found.line(), found.phrase(), instead);
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
        "// One a node. | f:1: One a node (instead: one per node)",
        "a = b; // this is\\n  // no span | f:1: is no span (instead: is not a duration)",
        "/**\\n * Gives what\\n * is over. | f:2: what is (instead: a noun: the entry, the value)",
        "x(\"nobody\"); | f:1: nobody (instead: name the agent)",
        "void itEnds() {} | f:1: void itEnds( (instead: a sentence that stands alone)",
        "// There is no such file. |",
        "// What is this? |",
        "int nobody; |",
      })
  void aPhraseIsFoundInCommentsStringsAndTestNames(String source, String expected) {
    assertThat(found(source.replace("\\n", "\n"), "f", true))
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }
}
