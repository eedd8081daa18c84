package io.hera.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.cli.shell.Table.Cell;
import io.hera.cli.shell.Terminal.Colours;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Terminal WIDE = new Terminal(24, 80, Colours.OFF);

  private static Table table() {
    return new Table(List.of("ID", "ADDRESS", "STATUS"))
        .row(List.of(
            Cell.of("10.1.1.1-8080"), Cell.of("10.1.1.1:8080"), new Cell("up", Colour.GREEN)))
        .row(List.of(Cell.of("ö"), Cell.of(""), new Cell("down", Colour.RED)));
  }

  @Test
  void columnsAreAsWideAsTheirWidestCellAndLinesHaveNoSpaceAtTheirEnd() {
    assertThat(table().lines(Terminal.NONE))
        .isEqualTo(table().lines(WIDE))
        .containsExactly(
            "ID             ADDRESS        STATUS",
            "10.1.1.1-8080  10.1.1.1:8080  up",
            "ö              -              down");
  }

  @Test
  void aNarrowTerminalCutsTheWidestColumnsAndTheFirstOneLess() {
    assertThat(table().lines(new Terminal(24, 30, Colours.OFF)))
        .containsExactly(
            "ID             ADDRESS  STATUS",
            "10.1.1.1-8080  10.1.1…  up",
            "ö              -        down");
    assertThat(table().lines(new Terminal(24, 20, Colours.OFF)))
        .containsExactly(
            "ID        ADD…  STA…", //
            "10.1.1.…  10.…  up",
            "ö         -     down");
  }

  @Test
  void noLineIsWiderThanATerminalOfAFewColumns() {
    assertThat(table().lines(new Terminal(24, 14, Colours.OFF)))
        .allSatisfy(
            line -> assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(14));
  }

  @Test
  void onlyATerminalWithColoursGetsEscapes() {
    assertThat(table().text(new Terminal(24, 80, Colours.ON)))
        .contains("\u001b[32mup\u001b[0m", "\u001b[31mdown\u001b[0m");
    assertThat(table().text(WIDE) + table().text(Terminal.NONE)).doesNotContain("\u001b");
  }

  @Test
  void aTerminalHasNoColoursIfTheUserOrItsKindSaysSo() {
    assertThat(Terminal.of("24 80", Map.of("TERM", "xterm")))
        .isEqualTo(new Terminal(24, 80, Colours.ON));
    assertThat(Terminal.of("24 80", Map.of("TERM", "xterm", "NO_COLOR", "1")).colours())
        .isEqualTo(Colours.OFF);
    assertThat(Terminal.of("24 80", Map.of("TERM", "dumb")).colours()).isEqualTo(Colours.OFF);
    assertThat(Terminal.of("24 80", Map.of()).colours()).isEqualTo(Colours.OFF);
  }

  @Test
  void aTerminalThatDoesNotKnowItsSizeHasTheUsualOne() {
    assertThat(Terminal.of("0 0", Map.of())).isEqualTo(WIDE);
    assertThat(Terminal.of("?", Map.of())).isEqualTo(WIDE);
    assertThat(Terminal.of("", Map.of()).isThere()).isFalse();
  }
}
