package io.hera.sim.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests how a mutant follows its source, on sources of a few lines. */
class RebaseTest {
  private static final String TEXT = "src/test/resources/mutants/m.txt";
  private static final String SOURCE = "src/main/java/io/hera/Clock.java";
  private static final String TEST = "src/test/java/io/hera/ClockTest.java";
  private static final String CLOCK = """
      /** A clock. */
      class Clock {
        private long last;

        long next(long now) {
          // Never back.
          long next = Math.max(now, last + 1);
          last = next;
          return next;
        }

        long last() {
          return last;
        }
      }
      """;

  private final Map<String, String> before = new HashMap<>(Map.of(SOURCE, CLOCK, TEST, ""));
  private final Map<String, String> now = new HashMap<>(Map.of(TEST, ""));
  private final Map<String, String> moves = new HashMap<>();

  private static String mutant(String file, String test, String old, String replacement) {
    return """
        rule: P1
        switches off: an example
        file: io/hera/%s.java
        test: io.hera.%s
        --- old
        %s
        +++ new
        %s
        """.formatted(file, test, old, replacement);
  }

  private static String mutant(String old, String replacement) {
    return mutant("Clock", "ClockTest", old, replacement);
  }

  private Rebase.Outcome rebase(String text) {
    before.putIfAbsent(TEXT, text);
    now.put(TEXT, text);
    return new Rebase(new SourceHistory(before, now, moves)).of(TEXT);
  }

  private void assertRebased(String text, String expected) {
    assertThat(rebase(text))
        .isInstanceOfSatisfying(
            Rebase.Outcome.Rebased.class,
            rebased -> assertThat(rebased.mutant().text()).isEqualTo(expected));
  }

  private void assertConflict(String text, String reason) {
    assertThat(rebase(text))
        .isInstanceOfSatisfying(
            Rebase.Outcome.Conflict.class,
            conflict -> assertThat(conflict.reason()).contains(reason));
  }

  @Test
  void aTextThatAppliesIsUnchanged() {
    now.put(SOURCE, CLOCK.replace("// Never back.", "/* Later than the last one. */"));
    assertThat(rebase(mutant("Math.max(now,last+1)", "now")))
        .isEqualTo(new Rebase.Outcome.Unchanged());
  }

  @Test
  void renamedNamesInTheOldTextAreFollowed() {
    now.put(SOURCE, CLOCK.replace("last", "issued").replace("now", "wallMillis"));
    assertRebased(
        mutant("Math.max(now, last + 1)", "Math.max(now, last)"),
        mutant("Math.max(wallMillis, issued + 1)", "Math.max(wallMillis, issued)"));
  }

  @Test
  void renamedNamesOfTheReplacementAloneAreFollowed() {
    now.put(SOURCE, CLOCK.replace("last", "issued"));
    assertRebased(mutant("return next;", "return last;"), mutant("return next;", "return issued;"));
  }

  @Test
  void namesOfTheReplacementThatWereRenamedInAnotherFileAreFollowed() {
    String user = "src/main/java/io/hera/User.java";
    before.put(user, "class User { long a = clock.reset(1); long b = clock.reset(2); }");
    now.put(user, "class User { long a = clock.restart(1); long b = clock.restart(2); }");
    now.put(SOURCE, CLOCK);
    assertRebased(
        mutant("last = next;", "clock.reset(next);"),
        mutant("last = next;", "clock.restart(next);"));
  }

  @Test
  void aNameIsRenamedAsInItsNeighbourhood() {
    String twice = CLOCK.replace(
        "}\n}",
        "}\n\n  int parse(String now) {\n    int next = now.x();\n"
            + "    return y(next);\n  }\n}");
    before.put(SOURCE, twice);
    now.put(
        SOURCE,
        twice
            .replace("int next", "int number")
            .replace("y(next)", "y(number)")
            .replace("String now", "String text")
            .replace("now.x", "text.x"));
    assertRebased(
        mutant("return y(next);", "return y(now + next);"),
        mutant("return y(number);", "return y(text + number);"));
    before.remove(TEXT);
    assertThat(rebase(mutant("last = next;", "last = now;")))
        .isEqualTo(new Rebase.Outcome.Unchanged());
  }

  @Test
  void aChangedNeighbourhoodDoesNotMatter() {
    now.put(
        SOURCE,
        CLOCK
            .replace(
                "last = next;",
                "if (next > limit) {\n      refuse(next);\n    }\n"
                    + "    issued = next;\n    count++;")
            .replace("last", "issued"));
    assertRebased(mutant("last = next;", ""), mutant("issued = next;", "").replace("\n\n", "\n"));
  }

  @Test
  void onlyTheChangedPartOfAnOldTextHasToBeThere() {
    now.put(SOURCE, CLOCK.replace("last = next;", "count++;\n    last = next;"));
    assertRebased(
        mutant(
            "long next = Math.max(now, last + 1);\nlast = next;", "long next = now;\nlast = next;"),
        mutant("Math.max(now, last + 1)", "now"));
  }

  @Test
  void aTextThatIsNotUniqueAnyMoreGetsContext() {
    now.put(
        SOURCE,
        CLOCK
            .replace(
                "long last() {",
                "long again() {\n    return last;\n  }\n\n  "
                    + "long last() { // One.\n    // Two.")
            .replace("last;", "issued;")
            .replace("last = ", "issued = "));
    assertRebased(
        mutant("return last;", "return 0;"),
        mutant("long last() {\n  return issued;\n}", "long last() {\n  return 0;\n}"));
  }

  @Test
  void anInsertionIsFollowed() {
    now.put(SOURCE, CLOCK.replace("last + 1", "1 + last"));
    assertRebased(
        mutant("long next = Math.max(now, last + 1)", "long next = 1 + Math.max(now, last + 1)"),
        mutant("long next = Math.max(now, 1 + last);", "long next = 1 + Math.max(now, 1 + last);"));
  }

  @Test
  void aFileAndATestThatWereMovedAreFollowed() {
    String moved = "src/main/java/io/hera/time/Ticks.java";
    String movedTest = "src/test/java/io/hera/time/TicksTest.java";
    moves.put(SOURCE, moved);
    moves.put(TEST, movedTest);
    now.remove(TEST);
    now.put(movedTest, "");
    now.put(moved, CLOCK.replace("Clock", "Ticks").replace("last", "issued"));
    assertRebased(
        mutant("return last;", "return 0;"),
        mutant("time/Ticks", "time.TicksTest", "return issued;", "return 0;"));
  }

  @Test
  void aTestThatIsGoneIsAConflict() {
    now.remove(TEST);
    now.put(SOURCE, CLOCK);
    assertConflict(mutant("return last;", "return 0;"), "io.hera.ClockTest is gone");
  }

  @Test
  void aMethodThatMovedWithinItsFileIsFollowed() {
    String method = CLOCK.substring(CLOCK.indexOf("  long last()"), CLOCK.lastIndexOf("}"));
    now.put(
        SOURCE,
        CLOCK
            .replace(method, "")
            .replace("  long next(", method + "\n  long next(")
            .replace("last", "issued"));
    assertRebased(mutant("return last;", "return 0;"), mutant("return issued;", "return 0;"));
  }

  @Test
  void codeThatMovedToAnotherFileIsFollowed() {
    String other = "src/main/java/io/hera/Ticks.java";
    before.put(other, "class Ticks {\n}\n");
    now.put(SOURCE, "class Clock {\n}\n");
    now.put(other, CLOCK.replace("Clock", "Ticks"));
    assertRebased(mutant("last + 1", "last"), mutant("Ticks", "ClockTest", "last + 1", "last"));
  }

  @Test
  void aChangeOfTheReplacedCodeIsAConflict() {
    now.put(SOURCE, CLOCK.replace("last + 1", "last + step()"));
    assertConflict(mutant("last + 1", "last"), "has changed in io/hera/Clock.java");
  }

  @Test
  void anotherNameInOnePlaceIsNotARename() {
    now.put(SOURCE, CLOCK.replace("return last", "return next"));
    assertConflict(mutant("return last;", "return 0;"), "has changed in io/hera/Clock.java");
  }

  @Test
  void aFileThatIsGoneIsAConflict() {
    assertConflict(mutant("return last;", "return 0;"), "io/hera/Clock.java is gone");
  }

  @Test
  void aTextThatDidNotApplyBeforeIsAConflict() {
    now.put(SOURCE, CLOCK);
    assertConflict(mutant("return first;", "return 0;"), "did not apply at the revision either");
  }

  @Test
  void aTextThatWasEditedByHandIsKept() {
    before.put(TEXT, mutant("return last;", "return 0;"));
    now.put(SOURCE, CLOCK.replace("last", "issued"));
    assertThat(rebase(mutant("return issued;", "return 1;")))
        .isEqualTo(new Rebase.Outcome.Unchanged());
  }

  @Test
  void aFileThatWasNamedByHandIsTheNewPlace() {
    String other = "src/main/java/io/hera/Ticks.java";
    before.put(TEXT, mutant("return last;", "return 0;"));
    now.put(other, CLOCK.replace("Clock", "Ticks").replace("last", "issued"));
    assertRebased(
        mutant("Ticks", "ClockTest", "return last;", "return 0;"),
        mutant("Ticks", "ClockTest", "return issued;", "return 0;"));
  }
}
