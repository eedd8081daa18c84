package io.hera.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Answers, logs and messages do not depend on the locale of the machine: in Arabic, {@code %d} writes other digits. The compiler's
 * checks hold that letters change case by the root locale.
 */
class LocaleTest {
  private static final Path MAIN = Path.of("src/main/java");

  /** Conversions of numbers and times, but {@code %x}, which is the same everywhere, and the log's {@code %d{…}} and {@code %ex}. */
  private static final Pattern LOCALISED = Pattern.compile(
      "\"(?:[^\"\\\\\n]|\\\\.)*%(?:\\d+\\$)?[-+ 0,(#]*\\d*(?:\\.\\d+)?[dfeEgGtT](?![{x])");

  private static final Pattern FORMATTER =
      Pattern.compile("\\b(NumberFormat|DecimalFormat|SimpleDateFormat|MessageFormat|Collator)\\b"
          + "|DateTimeFormatter\\.of\\w+\\((?![^;]*Locale\\.)");

  @Test
  void noTextOfANodeHasNumbersInTheFormOfALocale() {
    List<SourceFile> sources = SourceFile.all().stream()
        .filter(source -> source.path().startsWith(MAIN))
        .toList();

    assertThat(sources).hasSizeGreaterThan(100);
    assertThat(found(sources, LOCALISED)).isEmpty();
    assertThat(found(sources, FORMATTER)).isEmpty();
  }

  private static List<String> found(List<SourceFile> sources, Pattern pattern) {
    return sources.stream()
        .flatMap(source -> pattern
            .matcher(source.text())
            .results()
            .map(match -> source.path() + ": " + match.group()))
        .toList();
  }
}
