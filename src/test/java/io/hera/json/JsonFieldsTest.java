package io.hera.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
  private static JsonFields parse(String json) throws Malformed {
    return JsonFields.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void membersAreFoundByNameAndType() throws Malformed {
    JsonFields fields =
        parse("{\"t\": \"a\\u00e5\", \"n\": -7, \"f\": true, \"o\": {\"i\": 1.0e3}}");
    assertThat(fields.text("t")).isEqualTo("aå");
    assertThat(fields.number("n")).isEqualTo(-7);
    assertThat(fields.flag("f")).isTrue();
    assertThat(fields.object("o").number("i")).isEqualTo(1_000);
    assertThat(fields.objects()).containsOnlyKeys("o");
    assertThat(fields.texts()).containsOnlyKeys("t");
    assertThat(fields.numbers()).containsOnlyKeys("n");
  }

  @Test
  void aMissingMemberHasTheFallbackOrIsMalformed() throws Malformed {
    JsonFields fields = parse("{\"n\": \"1\"}");
    assertThat(fields.number("n", 5)).isEqualTo(5);
    assertThat(fields.text("x", "none")).isEqualTo("none");
    assertThat(fields.optionalNumber("n")).isEmpty();
    assertThat(fields.objectOrEmpty("o").texts()).isEmpty();
    assertThatThrownBy(() -> fields.number("n")).hasMessage("n is missing or of another type");
    assertThatThrownBy(() -> fields.flag("f")).isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> fields.object("o")).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "9223372036854775808", "1e999999999", "1111111111111111111111111"})
  void aNumberThatIsNoIntegerOf64BitsIsLeftOut(String number) throws Malformed {
    assertThat(parse("{\"n\":" + number + "}").optionalNumber("n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "{", "{\"a\":1,\"a\":2}", "{\"a\":1} x"})
  void onlyOneProperObjectIsRead(String json) {
    assertThatThrownBy(() -> parse(json)).isInstanceOf(Malformed.class);
  }

  @Test
  void anObjectThatIsNestedTooDeepIsRefused() {
    String json = "{\"a\":".repeat(20) + "1" + "}".repeat(20);
    assertThatThrownBy(() -> parse(json)).isInstanceOf(Malformed.class);
  }
}
