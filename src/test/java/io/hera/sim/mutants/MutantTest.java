package io.hera.sim.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Tests how the text of a mutant is read, and how it is applied to a source. */
class MutantTest {
  private static Mutant mutant(String old, String replacement) {
    return Mutant.parse("m", """
        rule: P1
        switches off: an example
        file: io/hera/Example.java
        test: io.hera.ExampleTest
        --- old
        %s
        +++ new
        %s
        """.formatted(old, replacement));
  }

  private static String applied(String old, String replacement, String source) {
    return mutant(old, replacement).applyTo(source);
  }

  @Test
  void theOldTextIsReplacedFromItsFirstToItsLastToken() {
    assertThat(applied("two();", "three();", "one(); // 1\n  two(); // 2\n"))
        .isEqualTo("one(); // 1\n  three(); // 2\n");
  }

  @Test
  void commentsBetweenTokensDoNotMatter() {
    assertThat(applied("a( /* 1 */ b);", "c();", "x(); a(b /* not \"2\" */) // ;\n; y();"))
        .isEqualTo("x(); c(); y();");
  }

  @Test
  void layoutDoesNotMatter() {
    assertThat(applied("return a\n    && b;", "return a;", "{\n  return a && b;\n}"))
        .isEqualTo("{\n  return a;\n}");
  }

  @Test
  void aCommentInAStringIsPartOfTheString() {
    String source = "a(\"// b\", '\"', \"/* \\\" */\"); // \"c";
    assertThat(applied("\"// b\", '\"'", "1", source)).isEqualTo("a(1, \"/* \\\" */\"); // \"c");
    assertThatThrownBy(() -> applied("\"/* c \\\" */\"", "1", source)).hasMessageContaining("not");
  }

  @Test
  void aTextBlockIsOneToken() {
    String source = "a(\"\"\"\n  // b \\\"\"\" \"c\"\n  \"\"\", d);";
    assertThat(applied(", d", ", e", source)).isEqualTo(source.replace('d', 'e'));
    assertThatThrownBy(() -> applied("\"c\"", "e", source)).hasMessageContaining("not in");
  }

  @Test
  void aPartOfATokenIsNotFound() {
    assertThatThrownBy(() -> applied("a = b", "", "aa = b; a == b; a = bb; a += b;"))
        .hasMessageContaining("not in");
    assertThatThrownBy(() -> applied("1", "2", "1L + 11 + 1.5 + 1e-1 + x1"))
        .hasMessageContaining("not in");
  }

  @Test
  void theEndOfNestedTypeArgumentsIsFound() {
    assertThat(applied("Set<A>", "B", "Map<K, Set<A>> m;")).isEqualTo("Map<K, B> m;");
  }

  @Test
  void anOldTextThatIsNotInTheSourceIsRefused() {
    assertThatThrownBy(() -> applied("two();", "three();", "one(); // two();\n"))
        .hasMessage("mutants/m.txt: its old text is not in io/hera/Example.java; write it anew");
  }

  @Test
  void anOldTextThatIsInTheSourceTwiceIsRefused() {
    assertThatThrownBy(() -> applied("two();", "three();", "two();\n two( );\n"))
        .hasMessageContaining("more than once in io/hera/Example.java");
    assertThatThrownBy(() -> applied("a, a", "b", "f(a, a, a)"))
        .hasMessageContaining("more than once");
  }

  @Test
  void aTextMayNameKindsOfTroubleWithASeed() {
    String text =
        mutant("one();", "two();").text().replace("--- old", "troubles: twin drift@7\n--- old");
    Mutant simulated = Mutant.parse("m", text);
    assertThat(simulated.troubles())
        .containsExactly(new Mutant.Lead("twin", 0), new Mutant.Lead("drift", 7));
    assertThat(simulated.text()).isEqualTo(text);
  }

  @Test
  void aTextWithoutOldOrNewCodeIsRefused() {
    assertThatThrownBy(() -> Mutant.parse("m", "rule: P1\n--- old\na\n"))
        .hasMessageContaining("mutants/m.txt");
  }
}
