package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how answers of nodes are read: listings, problems, and the conditions that ask for them. */
class ListingTest {
  private static Listing read(String body) {
    return Listing.read("orders", body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aListingHasEachDocumentAsItIsWritten() {
    Instance first = new Instance("orders", "1", Document.of("{\"a\": 1.0 }"), false);
    Instance second = new Instance("orders", "é", Document.empty(), false);
    assertThat(read(" {\"1\": {\"a\": 1.0 } ,\"\\u00e9\":{}}\n"))
        .isEqualTo(new Listing.Instances(List.of(first, second)));
    assertThat(read("{}")).isEqualTo(new Listing.Instances(List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "<html>",
        "{\"1\":{}",
        "{\"1\":{}}{}",
        "{\"1\":[]}",
        "{\"1\":null}",
        "{\"1\":{},\"1\":{}}",
        "{\"1\":{\"a\":1,\"a\":1}}",
        "{\"1\":{\"a\":}}"
      })
  void anythingElseIsFlawed(String body) {
    assertThat(read(body)).isInstanceOf(Listing.Flawed.class);
  }

  @Test
  void aListingOfBrokenNestingIsFlawed() {
    assertThat(read("{\"1\":" + "{\"a\":".repeat(100_000))).isInstanceOf(Listing.Flawed.class);
  }

  @Test
  void eachPrefixOfAListingIsFlawed() {
    byte[] body = "{\"1\":{\"a\":[1,\"x\"]},\"2\":{}}".getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < body.length; length++) {
      assertThat(Listing.read("orders", Arrays.copyOf(body, length)))
          .isInstanceOf(Listing.Flawed.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"zone, ams, match=zone:ams", "k8s:zone, 'a b:c', match=k8s%3Azone:a%20b%3Ac"})
  void aConditionIsAParameterOfTheQuery(String member, String value, String parameter) {
    assertThat(Match.of(member, value).parameter()).isEqualTo(parameter);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "ams | 'ams' | true",
        "fra | 'ams' | false",
        "é | '\\u00e9' | true",
        "8080 | 8080 | true",
        "8080.0 | 8080 | false",
        "true | true | true",
        "[1,  2] | [1,2] | true",
        "{\"b\":1,\"a\":2} | {'a':2,'b':1} | true",
        "[2,1] | [1,2] | false",
        "x | [1] | false"
      })
  void aConditionHoldsWhereItDoesAtNodes(String value, String json, boolean expected) {
    Document document = Document.of("{\"x\":0,\"a\":" + json.replace('\'', '"') + "}");
    assertThat(Match.of("a", value).matches(document)).isEqualTo(expected);
    assertThat(
            new io.hera.store.page.Filter(List.of(Map.entry("a", value))).matches(document.bytes()))
        .isEqualTo(expected);
    assertThat(Match.of("b", value).matches(document)).isFalse();
  }

  private static HeraProblem problem(int status, String body) {
    return HeraProblem.of(new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theProblemOfANodeIsRead() {
    HeraProblem problem = problem(
        403,
        "{\"type\":\"urn:hera:problem:forbidden\",\"title\":\"t\",\"status\":403,\"detail\":\"not"
            + " allowed\",\"hint\":\"ask\",\"pointer\":\"/a\",\"needs\":\"write orders\"}");
    assertThat(problem)
        .isEqualTo(new HeraProblem(
            403, "urn:hera:problem:forbidden", "not allowed", "ask", "/a", "write orders"));
    assertThat(problem).hasToString("403 forbidden: not allowed");
    assertThat(problem.retryable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{", "{\"type\":1}", "[]"})
  void anAnswerThatIsNotAProblemIsItsStatus(String body) {
    assertThat(problem(502, body)).hasToString("502: the node answered 502");
    assertThat(new HeraException(problem(502, body)).retryable()).isTrue();
  }

  @Test
  void aLongDetailIsCut() {
    assertThat(problem(400, "{\"detail\":\"" + "x".repeat(100_000) + "\"}").detail())
        .hasSize(1_000);
  }

  @Test
  void aSilentNetworkIsAProblemThatCanBeRetried() {
    HeraProblem problem = HeraProblem.unanswered("http://a: connection refused");
    assertThat(problem).hasToString("http://a: connection refused");
    assertThat(new HeraException(problem)).hasMessage("http://a: connection refused");
    assertThat(problem.retryable()).isTrue();
  }
}
