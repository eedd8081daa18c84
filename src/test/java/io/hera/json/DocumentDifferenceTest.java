package io.hera.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which documents are seen to differ in a time only. */
class DocumentDifferenceTest {
  private static final Set<String> TIMES = Set.of("t", "seen");

  private static boolean differInTimes(String one, String other) {
    return DocumentDifference.isInValueOf(TIMES, document(one), document(other));
  }

  /** Returns a document that is written with other quotation marks. */
  private static byte[] document(String text) {
    return text.replace('`', '"').getBytes(UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{`a`:1,`t`:1700000000000}     | {`a`:1,`t`:1700000000999}",
        "{`t`:1,`a`:1}                 | {`t`:12,`a`:1}",
        "{`t`:12,`a`:1}                | {`t`:1,`a`:1}",
        "{`a`:1,`seen`:`2026-11-28T10:00:00Z`} | {`a`:1,`seen`:`2026-12-01T10:00:00.5+01:00`}",
        "{`a`:1, `t` : -1 }            | {`a`:1, `t` : 2.5e7 }",
        "{`t`:{`x`:1},`a`:2}           | {`t`:{`x`:7},`a`:2}",
        "{`a`:{`t`:1},`t`:1}           | {`a`:{`t`:1},`t`:2}",
        "{`a`:1}                       | {`a`:1}"
      })
  void documentsThatDifferInATime(String one, String other) {
    assertThat(differInTimes(one, other)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{`a`:1,`t`:1}                 | {`a`:2,`t`:1}",
        "{`a`:1,`t`:1}                 | {`a`:2,`t`:2}",
        "{`t`:1,`a`:1,`seen`:1}        | {`t`:2,`a`:1,`seen`:2}",
        "{`a`:{`t`:1}}                 | {`a`:{`t`:2}}",
        "{`a`:`,\\`t\\`:1`}            | {`a`:`,\\`t\\`:2`}",
        "{`t`:1}                       | {`u`:1}",
        "{`t`:1}                       | {`t`:1,`b`:1}",
        "{`t`:1,`b`:11}                | {`t`:11}",
        "{}                            | {`t`:1}",
        "{`t`:null}                    | {`t`:true}",
        "{`a`:1,`t`:1}                 | {`t`:1,`a`:1}"
      })
  void documentsThatDifferInMoreOrAreNotLookedAtCloser(String one, String other) {
    assertThat(differInTimes(one, other)).isFalse();
  }

  @Test
  void withoutNamesOnlyEqualDocumentsDifferInNothing() {
    byte[] document = "{\"t\":1}".getBytes(UTF_8);
    byte[] later = "{\"t\":2}".getBytes(UTF_8);
    assertThat(DocumentDifference.isInValueOf(Set.of(), document, document.clone()))
        .isTrue();
    assertThat(DocumentDifference.isInValueOf(Set.of(), document, later)).isFalse();
  }

  /** Whatever is said to be the same has the same canonical form. */
  @Test
  void neverAreDocumentsOfDifferentContentTakenForTheSame() {
    Random random = new Random(1);
    CanonicalForm form = new CanonicalForm(TIMES);
    int same = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] one = document(random).getBytes(UTF_8);
      byte[] other = mutated(one, random);
      if (isObject(other) && DocumentDifference.isInValueOf(TIMES, one, other)) {
        assertThat(form.of(other))
            .as("%s and %s", new String(one, UTF_8), new String(other, UTF_8))
            .isEqualTo(form.of(one));
        same += Arrays.equals(one, other) ? 0 : 1;
      }
    }
    assertThat(same).isGreaterThan(1_000);
  }

  private static boolean isObject(byte[] document) {
    try {
      Documents.check(document, 1_000, 10);
      return true;
    } catch (Malformed defect) {
      return false;
    }
  }

  private static String document(Random random) {
    StringBuilder out = new StringBuilder("{");
    List<String> names = List.of("a", "t", "at", "seen", "b");
    for (int i = 0; i < names.size(); i++) {
      if (random.nextInt(4) > 0) {
        out.append(out.length() == 1 ? "" : ",");
        out.append('"').append(names.get(i)).append("\":").append(value(random));
      }
    }
    return out.append('}').toString();
  }

  private static String value(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "1" + random.nextInt(100);
      case 1 -> "\"2026-" + random.nextInt(10) + "\"";
      case 2 -> "{\"t\":" + random.nextInt(10) + "}";
      case 3 -> "[1," + random.nextInt(10) + "]";
      case 4 -> "\",\\\"t\\\":" + random.nextInt(10) + "\"";
      default -> " true ";
    };
  }

  /** Replaces, inserts or deletes some bytes. */
  private static byte[] mutated(byte[] document, Random random) {
    StringBuilder out = new StringBuilder(new String(document, UTF_8));
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(out.length() + 1);
      String bytes = "0123456789t\",:e".substring(random.nextInt(15)).substring(0, 1);
      out.replace(
          at, Math.min(out.length(), at + random.nextInt(2)), random.nextInt(3) == 0 ? "" : bytes);
    }
    return out.toString().getBytes(UTF_8);
  }
}
