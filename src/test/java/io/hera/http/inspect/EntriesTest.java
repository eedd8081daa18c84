package io.hera.http.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /_entries}: the entries of an instance, and rows of many. */
class EntriesTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private static JsonArray rows(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json().getJsonArray("entries");
  }

  private static List<String> ids(Reply reply) {
    return rows(reply).stream().map(row -> ((JsonArray) row).getString(0)).toList();
  }

  @Test
  void theEntryOfAnInstanceHasItsTimes() {
    node.put("/s/1?ttl=1h", "{\"n\":1}").isDone();
    JsonObject found = node.get("/_entries/s/1").json();
    assertThat(found.fieldNames()).containsExactly("service", "id", "now", "entries");
    assertThat(found.getString("service")).isEqualTo("s");
    JsonObject entry = found.getJsonArray("entries").getJsonObject(0);
    assertThat(entry.fieldNames())
        .containsExactly(
            "origin", "state", "version", "age_ms", "ttl_ms", "ttl_chosen", "bytes", "shown");
    assertThat(entry.getString("origin")).isEqualTo("a");
    assertThat(entry.getString("state")).isEqualTo("registered");
    assertThat(entry.getLong("ttl_ms")).isEqualTo(3_600_000);
    assertThat(entry.getBoolean("ttl_chosen")).isTrue();
    assertThat(entry.getInteger("bytes")).isEqualTo(7);
    assertThat(entry.getBoolean("shown")).isTrue();
    assertThat(entry.getLong("version")).isLessThanOrEqualTo(found.getLong("now"));
  }

  @Test
  void anInstanceThatIsGoneHasTheEntryOfItsRemoval() {
    node.register("/s/1", "{}");
    node.send("DELETE", "/s/1", "").isDone();
    JsonObject entry = rows(node.get("/_entries/s/1")).getJsonObject(0);
    assertThat(entry.getString("state")).isEqualTo("removed");
    assertThat(entry.getBoolean("shown")).isFalse();
    assertThat(rows(node.get("/_entries/none/1"))).isEmpty();
  }

  @Test
  void namesMayHaveAnyBytes() {
    String service = "%C3%BC%20%22%3F";
    String id = "%E2%80%AE%26%25";
    node.register("/" + service + "/" + id, "{}");
    JsonObject found = node.get("/_entries/" + service + "/" + id).json();
    assertThat(found.getString("service")).isEqualTo("ü \"?");
    assertThat(found.getString("id")).isEqualTo("\u202e&%");
    assertThat(found.getJsonArray("entries")).hasSize(1);
    assertThat(ids(node.get("/_entries/" + service + "?id=" + id))).containsExactly("\u202e&%");
  }

  @Test
  void rowsAreThoseOfTheIdsThatAreShown() {
    node.put("/s/1?ttl=1h", "{}").isDone();
    node.register("/s/2", "{}");
    node.register("/s/3", "{}");
    Reply reply = node.get("/_entries/s?id=2&id=none&id=1&id=2");
    assertThat(ids(reply)).containsExactly("2", "1");
    JsonObject found = reply.json();
    assertThat(found.fieldNames())
        .containsExactly("service", "now", "content", "instances", "origins", "entries");
    assertThat(found.getInteger("instances")).isEqualTo(3);
    assertThat(found.getJsonArray("origins")).containsExactly("a");
    assertThat(node.get("/s").header("etag")).contains(found.getString("content"));
    JsonArray row = rows(reply).getJsonArray(1);
    assertThat(row).hasSize(6);
    assertThat(row.getInteger(1)).isZero();
    assertThat(row.getLong(4)).isEqualTo(3_600_000);
    assertThat(row.getInteger(5)).isEqualTo(1);
    assertThat(rows(reply).getJsonArray(0).getInteger(5)).isZero();
  }

  @Test
  void withoutIdsThereAreTheTotalsAlone() {
    node.register("/s/1", "{}");
    JsonObject found = node.get("/_entries/s").json();
    assertThat(found.getInteger("instances")).isEqualTo(1);
    assertThat(node.get("/s").header("etag")).contains(found.getString("content"));
    assertThat(found.getJsonArray("entries")).isEmpty();
  }

  @Test
  void thoseThatExpireFirstComeInTheirOrder() {
    node.put("/s/long?ttl=1h", "{}").isDone();
    node.put("/s/short?ttl=1m", "{}").isDone();
    node.put("/s/middle?ttl=10m", "{}").isDone();
    assertThat(ids(node.get("/_entries/s?order=left"))).containsExactly("short", "middle", "long");
    assertThat(ids(node.get("/_entries/s?order=left&limit=2"))).containsExactly("short", "middle");
    assertThat(ids(node.get("/_entries/none?order=left"))).isEmpty();
  }

  @Test
  void drainedInstancesHaveARowOnlyIfAllAreWanted() {
    node.register("/s/1", "{}");
    node.register("/s/2", "{}");
    node.send("PUT", "/_drain/s/1", "{\"reason\":\"disk\"}").isDone();
    assertThat(ids(node.get("/_entries/s?id=1&id=2"))).containsExactly("2");
    assertThat(ids(node.get("/_entries/s?order=left"))).containsExactly("2");
    JsonArray all = rows(node.get("/_entries/s?id=1&id=2&all"));
    assertThat(all.getJsonArray(0).getString(6)).isEqualTo("disk");
    assertThat(all.getJsonArray(1)).hasSize(6);
    assertThat(rows(node.get("/_entries/s/1")).getJsonObject(0).getString("drained"))
        .isEqualTo("disk");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/_entries/s?order=age | order: can be left, instead of ids, and nothing else",
        "/_entries/s?order=left&id=1 | order: can be left, instead of ids, and nothing else",
        "/_entries/s?id=1&limit=5 | limit: only with order=left",
        "/_entries/s?order=left&limit=501 | limit: not a whole number from 1 to 500",
        "/_entries/s?order=left&limit=0 | limit: not a whole number from 1 to 500",
        "/_entries/s?id= | id: the id is empty",
        "/_entries/s/1?id=1 | id: not a parameter of GET /_entries/{service}/{id}",
        "/s?order=left | order: not a parameter of GET /{service}"
      })
  void aQueryThatCannotBeIsRefused(String target, String detail) {
    assertThat(node.get(target).isProblem(400, "invalid-query").getString("detail"))
        .isEqualTo(detail);
  }

  @Test
  void moreIdsThanThereMayBeAreRefused() {
    String ids = IntStream.range(0, 201).mapToObj(i -> "id=" + i).collect(Collectors.joining("&"));
    assertThat(node.get("/_entries/s?" + ids).isProblem(400, "invalid-query").getString("detail"))
        .isEqualTo("id: more than 200 ids");
    assertThat(rows(node.get("/_entries/s?" + ids.substring("id=0&".length())))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/_entries/_s/1 | the service begins with",
        "/_entries/s/a%2Fb | the id contains",
        "/_entries/s/%FF | the id:"
      })
  void aNameThatCannotBeIsRefused(String target, String detail) {
    assertThat(node.get(target).isProblem(400, "invalid-path").getString("detail"))
        .startsWith(detail);
  }

  @Test
  void aNodeThatIsNotReadyDoesNotKnow() {
    try (ServedNode starting = ServedNode.recovering()) {
      starting.get("/_entries/s/1").isProblem(503, "recovering");
      starting.get("/_entries/s?id=1").isProblem(503, "recovering");
    }
  }
}
