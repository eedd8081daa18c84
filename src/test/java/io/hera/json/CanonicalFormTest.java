package io.hera.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the canonical form is the same for the same content, and for no other. */
class CanonicalFormTest {
  private static final List<String> NAMES = List.of("", "a", "b", "aa", "å", "😀", "\"", "ÿ");

  private final CanonicalForm form = new CanonicalForm(Set.of());

  private String of(String document) {
    return new String(form.of(document.getBytes(UTF_8)), UTF_8);
  }

  /** An independent notation of the content: maps compare without order. */
  private static Object content(StrictJson.Value value) {
    if (value instanceof StrictJson.Members object) {
      return object.members().entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, member -> content(member.getValue())));
    }
    return value instanceof StrictJson.Items array
        ? array.items().stream().map(CanonicalFormTest::content).toList()
        : value;
  }

  @Test
  void theFormsOfAnyTwoObjectsAreEqualIfAndOnlyIfTheirContentsAre() {
    int equal = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      String one = object(random, 2);
      String other = object(random, 2);
      boolean same = parsed(one).equals(parsed(other));
      assertThat(of(one).equals(of(other)))
          .as("seed %d: %s %s", seed, one, other)
          .isEqualTo(same);
      equal += same ? 1 : 0;
    }
    assertThat(equal).isBetween(100, 19_000);
  }

  private static Object parsed(String json) {
    return content(StrictJson.object(json.getBytes(UTF_8)).orElseThrow());
  }

  private static String object(Random random, int depth) {
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    return names.subList(0, random.nextInt(depth + 1)).stream()
        .map(name -> space(random) + string(random, name) + space(random) + ":"
            + value(random, depth) + space(random))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> string(random, NAMES.get(random.nextInt(3)));
      case 1 -> random.nextBoolean() ? "1" : " 1.0 ";
      case 2 -> "true";
      case 3 -> "\n null";
      case 4 -> object(random, depth - 1);
      default -> "[" + value(random, depth - 1) + " ,\t" + value(random, 0) + "]";
    };
  }

  private static String string(Random random, String text) {
    return text.codePoints()
        .mapToObj(Character::toString)
        .map(character -> random.nextBoolean() || character.equals("\"")
            ? character.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining())
            : character)
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String space(Random random) {
    return random.nextInt(3) == 0 ? " \r\n\t".substring(0, random.nextInt(5)) : "";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"x\":\"\\ud800\"} | {\"x\":\"\\ud801\"}",
        "{\"x\":\"\\ud800\"} | {\"x\":\"?\"}",
        "{\"x\":\"\\ud800\"} | {\"x\":\"\\\\ud800\"}",
        "{\"x\":\"a\\/b\"} | {\"x\":\"a\\\\/b\"}",
        "{\"x\":1e1} | {\"x\":10}",
        "{\"x\":\"\"} | {\"x\":[]}"
      })
  void notationsOfOtherContentsDiffer(String one, String other) {
    assertThat(form.of(one.getBytes(UTF_8))).isNotEqualTo(form.of(other.getBytes(UTF_8)));
  }

  /** Few members are sorted in another way than many. */
  @ParameterizedTest
  @ValueSource(ints = {2, 31, 32, 33, 64})
  void membersInAnyOrderAreSorted(int count) {
    List<String> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add("\"%02d\":{\"n\":%d}".formatted(i, i));
    }
    String expected = of("{" + String.join(",", members) + "}");
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(members, new Random(seed));
      assertThat(of("{" + String.join(",", members) + "}")).isEqualTo(expected);
    }
  }

  /** Each comparison of two members ends at their names. */
  @Test
  void thousandsOfMembersInReverseOrderAreSorted() {
    StringBuilder forward = new StringBuilder("{");
    StringBuilder backward = new StringBuilder("{");
    for (int i = 0; i < 4_000; i++) {
      forward.append("\"%04d\":{\"b\":1,\"a\":[]},".formatted(i));
      backward.append("\"%04d\":{\"a\":[],\"b\":1},".formatted(3_999 - i));
    }
    String last = "\"z\":0}";
    assertThat(of(forward + last)).isEqualTo(of(backward + last));
  }
}
