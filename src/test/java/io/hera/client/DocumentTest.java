package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {
  private static String text(Document document) {
    return new String(document.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aDocumentKeepsTheBytesThatItWasMadeOf() {
    String json = "{ \"port\" : 8080.0, \"caf\\u00e9\":\t[1,  null] }";
    assertThat(text(Document.of(json))).isEqualTo(json);
    assertThat(Document.of(json).size()).isEqualTo(json.length());
  }

  @Test
  void aDocumentSharesNoBytes() {
    byte[] json = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    Document document = Document.of(json);
    json[5] = '2';
    document.bytes()[5] = '3';
    assertThat(document.get("a")).contains(1L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "{",
        "{}x",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1e999}",
        "{\"a\":\"\\ud800\"}",
        "<html>"
      })
  void aDocumentThatANodeWouldRefuseIsAnIllegalArgument(String json) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Document.of(json))
        .withMessageStartingWith("document: ");
  }

  @Test
  void aDocumentAboveTheLimitsIsAnIllegalArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Document.empty().with("a", "x".repeat(Document.BYTES_MAX)))
        .withMessageContaining("larger than");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Document.of("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}"))
        .withMessageContaining("deeper");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | java.lang.Long",
        "9223372036854775807 | java.lang.Long",
        "9223372036854775808 | java.lang.Double",
        "7.0 | java.lang.Double",
        "1e3 | java.lang.Double",
        "true | java.lang.Boolean",
        "\"x\" | java.lang.String"
      })
  void aValueHasTheTypeOfItsText(String json, Class<?> type) {
    assertThat(Document.of("{\"a\":" + json + "}").get("a")).containsInstanceOf(type);
  }

  @Test
  void structuresAreUnmodifiableListsAndMaps() {
    Document document = Document.of("{\"a\":[1,\"x\",null,{\"b\":[]}]}");
    List<Object> expected = new ArrayList<>(Arrays.asList(1L, "x", null, Map.of("b", List.of())));
    assertThat(document.get("a")).contains(expected);
    assertThat(document.members()).containsOnlyKeys("a").isUnmodifiable();
  }

  @Test
  void aMemberThatIsNullIsMissing() {
    Document document = Document.of("{\"a\":null}");
    assertThat(document.get("a")).isEmpty();
    assertThat(document.members()).isEmpty();
  }

  @Test
  void typedGettersIgnoreOtherTypes() {
    Document document = Document.of("{\"a\":\"8080\",\"b\":8080.0,\"c\":true}");
    assertThat(document.text("a")).contains("8080");
    assertThat(document.text("b")).isEmpty();
    assertThat(document.number("a")).isEmpty();
    assertThat(document.number("b")).contains(8080.0);
    assertThat(document.integer("a")).hasValue(8080);
    assertThat(document.integer("b")).hasValue(8080);
    assertThat(document.integer("c")).isEmpty();
    assertThat(document.flag("c")).contains(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1e300", "\"x\"", "99999999999", "[1]"})
  void otherValuesAreNoIntegers(String json) {
    assertThat(Document.of("{\"a\":" + json + "}").integer("a")).isEmpty();
  }

  @Test
  void withReplacesAMemberInItsPlaceAndKeepsTheOthersAsWritten() {
    Document document = Document.of("{\"a\": 1.0, \"b\" :2,\"c\":[ 3 ]}");
    assertThat(text(document.with("b", "x"))).isEqualTo("{\"a\":1.0,\"b\":\"x\",\"c\":[ 3 ]}");
    assertThat(text(document.with("d", List.of(true))))
        .isEqualTo("{\"a\":1.0,\"b\":2,\"c\":[ 3 ],\"d\":[true]}");
  }

  @Test
  void withoutRemovesAMember() {
    Document document = Document.of("{\"a\":1,\"b\":2}");
    assertThat(text(document.without("a"))).isEqualTo("{\"b\":2}");
    assertThat(document.without("x")).isSameAs(document);
  }

  @Test
  void membersOfAMapBecomeJson() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("s", "\"\n");
    members.put("n", new BigDecimal("1E+3"));
    members.put("i", new AtomicInteger(4));
    members.put("m", Map.of("x", List.of(1, 2.5)));
    assertThat(text(Document.of(members)))
        .isEqualTo("{\"s\":\"\\\"\\u000a\",\"n\":1E+3,\"i\":4,\"m\":{\"x\":[1,2.5]}}");
  }

  @Test
  void aValueWithoutJsonIsAnIllegalArgument() {
    for (Object value : List.of(Double.NaN, new Object(), Map.of(1, 2), new int[0])) {
      assertThatIllegalArgumentException().isThrownBy(() -> Document.empty().with("a", value));
    }
  }

  @Test
  void aMapThatContainsItselfIsAnIllegalArgument() {
    Map<String, Object> endless = new LinkedHashMap<>();
    endless.put("a", endless);
    assertThatIllegalArgumentException().isThrownBy(() -> Document.of(endless));
  }

  @Test
  void documentsAreEqualByTheirBytes() {
    assertThat(Document.of("{\"a\":1}")).isEqualTo(Document.of(Map.of("a", 1)));
    assertThat(Document.of("{\"a\":1}")).isNotEqualTo(Document.of("{\"a\": 1}"));
    assertThat(Document.of("{\"a\":1}")).hasSameHashCodeAs(Document.of("{\"a\":1}"));
  }

  @Test
  void aDocumentDoesNotShowItsContentInLogs() {
    assertThat(Document.of("{\"password\":\"x\"}")).hasToString("document of 16 bytes");
  }
}
