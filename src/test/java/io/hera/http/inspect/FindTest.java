package io.hera.http.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.ServedNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /_find}: names and documents with a text. */
class FindTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private JsonObject find(String query) {
    return node.get("/_find?" + query).json();
  }

  private static String hits(JsonObject found) {
    return found.getJsonArray("hits").encode();
  }

  @Test
  void servicesIdsAndDocumentsAreFound() {
    node.register("/storage/1f11", "{\"host\":\"10.1.1.1\",\"at\":{\"zone\":\"AMS-1\"}}");
    node.register("/web/storage-7", "{\"uses\":\"storage\"}");
    node.register("/web/8", "{\"uses\":\"STORAGE\"}");
    JsonObject found = find("q=Storage");
    assertThat(found.fieldNames()).containsExactly("q", "searched", "more", "hits");
    assertThat(found.getString("q")).isEqualTo("Storage");
    assertThat(found.getInteger("searched")).isEqualTo(3);
    assertThat(found.getBoolean("more")).isFalse();
    assertThat(hits(found))
        .isEqualTo("[{\"service\":\"storage\",\"in\":\"service\"},"
            + "{\"service\":\"web\",\"id\":\"storage-7\",\"in\":\"id\"},"
            + "{\"service\":\"web\",\"id\":\"8\",\"in\":\"document\",\"pointer\":\"/uses\","
            + "\"text\":\"STORAGE\"}]");
    assertThat(hits(find("q=ams")))
        .isEqualTo("[{\"service\":\"storage\",\"id\":\"1f11\",\"in\":\"document\","
            + "\"pointer\":\"/at/zone\",\"text\":\"AMS-1\"}]");
    assertThat(hits(find("q=nothing"))).isEqualTo("[]");
  }

  @Test
  void theLimitCutsAndSaysSo() {
    for (int i = 0; i < 5; i++) {
      node.register("/s/" + i, "{\"x\":\"needle\"}");
    }
    JsonObject some = find("q=needle&limit=2");
    assertThat(some.getJsonArray("hits")).hasSize(2);
    assertThat(some.getBoolean("more")).isTrue();
    assertThat(find("q=needle&limit=5").getBoolean("more")).isFalse();
  }

  @Test
  void aTextAndNamesMayHaveAnyCharacters() {
    node.register("/%C3%BC%20s/%E2%80%AE%22", "{\"x\":\"<b>&\\u20ac</b>\"}");
    JsonArray hits = find("q=%26%E2%82%AC").getJsonArray("hits");
    assertThat(hits.getJsonObject(0).getString("service")).isEqualTo("ü s");
    assertThat(hits.getJsonObject(0).getString("id")).isEqualTo("\u202e\"");
    assertThat(hits.getJsonObject(0).getString("text")).isEqualTo("<b>&€</b>");
    assertThat(find("q=%C3%BC+S").getJsonArray("hits")).hasSize(1);
  }

  @Test
  void onlyInstancesThatAreShownAreFoundUnlessAllAreWanted() {
    node.register("/s/1", "{\"x\":\"needle\"}");
    node.register("/s/2", "{\"x\":\"needle\"}");
    node.register("/s/3", "{\"x\":\"needle\"}");
    node.send("DELETE", "/s/1", "").isDone();
    node.send("PUT", "/_drain/s/2", "{\"reason\":\"needle\"}").isDone();
    assertThat(find("q=needle").getJsonArray("hits")).hasSize(1);
    assertThat(find("q=needle").getInteger("searched")).isEqualTo(1);
    assertThat(find("q=needle&all").getJsonArray("hits")).hasSize(2);
    assertThat(hits(find("q=_drain&all"))).isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/_find | q: not a text of 2 to 100 characters",
        "/_find?q=x | q: not a text of 2 to 100 characters",
        "/_find?q=%F0%9F%98%80 | q: not a text of 2 to 100 characters",
        "/_find?q=xx&limit=0 | limit: not a whole number from 1 to 200",
        "/_find?q=xx&limit=201 | limit: not a whole number from 1 to 200",
        "/_find?q=xx&q=yy | q is given twice",
        "/_find?q=xx&service=s | service: not a parameter of GET /_find",
        "/s?q=xx | q: not a parameter of GET /{service}"
      })
  void aQueryThatCannotBeIsRefused(String target, String detail) {
    assertThat(node.get(target).isProblem(400, "invalid-query").getString("detail"))
        .isEqualTo(detail);
  }

  @Test
  void aTextOfAHundredCharactersIsSearchedAndALongerOneIsNot() {
    assertThat(node.get("/_find?q=" + "%F0%9F%98%80".repeat(100)).status()).isEqualTo(200);
    node.get("/_find?q=" + "x".repeat(101)).isProblem(400, "invalid-query");
  }

  @Test
  void aNodeThatIsNotReadyDoesNotKnow() {
    try (ServedNode starting = ServedNode.recovering()) {
      starting.get("/_find?q=xx").isProblem(503, "recovering");
    }
  }
}
