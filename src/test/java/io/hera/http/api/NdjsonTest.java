package io.hera.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.http.HttpLimits;
import io.hera.json.Malformed;
import io.hera.testkit.Eventually;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.TestLimits;
import io.hera.wire.Gzip;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports and imports of any size, one registration a line. */
@Timeout(120)
class NdjsonTest {
  private static final String NDJSON = "application/x-ndjson";

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private static Reply post(ServedNode node, String target, String lines) {
    try (Line line = node.line()) {
      return line.send("POST", target, lines, "Content-Type: " + NDJSON);
    }
  }

  private JsonObject errors(String target, String lines) {
    Reply reply = post(node, target, lines);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json().getJsonObject("errors");
  }

  @Test
  void anExportHasOneRegistrationALineWithTheTtlThatWasChosen() {
    node.register("/b/1", "{\"n\": 1.10}");
    node.register("/b/2?ttl=90", " {\n\"a\" : [1,\r\n2]}\n");
    node.register("/a%22/%C3%A5?ttl=1500ms", "{}");
    Reply reply = node.get("/_export", "Accept: " + NDJSON);
    assertThat(reply.header("content-type")).isEqualTo(NDJSON);
    assertThat(reply.header("vary")).isEqualTo("accept, accept-encoding");
    assertThat(reply.body()).isEqualTo("""
            {"service":"a\\"","id":"å","ttl":1.5,"document":{}}
            {"service":"b","id":"1","document":{"n": 1.10}}
            {"service":"b","id":"2","ttl":90,"document": { "a" : [1,  2]} }
            """);
    assertThat(node.get("/_export").header("content-type")).startsWith("application/json");
    assertThat(node.get("/_export", "Accept: application/json, " + NDJSON + ";q=0.5")
            .body())
        .startsWith("{\"a\\\"\":{");
  }

  @Test
  void anExportOfOneNodeIsAnImportForAnother() throws Malformed {
    for (int i = 0; i < 3_000; i++) {
      node.register(
          "/s%d/%d?ttl=%d".formatted(i % 7, i, 1_000 + i),
          "{\"n\":%d,\"x\":\"%s\"}".formatted(i, "y".repeat(i % 50)));
    }
    node.register("/large/1", "{\"x\":\"" + "y".repeat(65_000) + "\"}");
    String plain = node.get("/_export", "Accept: " + NDJSON).body();
    Reply gzip = node.get("/_export", "Accept: " + NDJSON, "Accept-Encoding: gzip");
    assertThat(new String(Gzip.inflate(gzip.bytes(), 1 << 24), UTF_8)).isEqualTo(plain);
    try (ServedNode other = ServedNode.ready()) {
      assertThat(post(other, "/_batch", plain).json().getJsonObject("errors")).isEmpty();
      assertThat(other.get("/_export", "Accept: " + NDJSON).body()).isEqualTo(plain);
      assertThat(other.get("/").header("etag")).isEqualTo(node.get("/").header("etag"));
      assertThat(other.expiresIn("/s1/8")).isBetween(1_000L, 1_008L);
    }
  }

  /** Only a line is bounded: here the body has four times the bytes that a batch in JSON may have. */
  @Test
  void anImportMayBeLargerThanABatch() {
    HttpLimits small = new HttpLimits(64 << 10, 32, 1 << 18, 10_000, 60_000, 1_000);
    try (ServedNode other = ServedNode.ready(small)) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; lines.length() < 4 * small.batchBytesMax(); i++) {
        lines.append("{\"service\":\"s\",\"id\":\"%d\",\"document\":{\"x\":\"%s\"}}\n"
            .formatted(i % 500, "y".repeat(500)));
      }
      assertThat(post(other, "/_batch", lines.toString()).json().getJsonObject("errors"))
          .isEmpty();
      assertThat(other.get("/s").json().size()).isEqualTo(500);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'ttl':90, | 90",
        "'ttl':0.5, | 1",
        "'ttl':'2m', | 120",
        "'ttl':null, | 200",
        "'later':{'x':[1]}, | 200",
        " | 200"
      })
  void aLineMayHaveATtlOfItsOwn(String members, long seconds) {
    String line =
        "{%s'service':'s','id':'1','document':{}}".formatted(members == null ? "" : members);
    assertThat(errors("/_batch?ttl=200", line.replace('\'', '"'))).isEmpty();
    assertThat(node.expiresIn("/s/1")).isBetween(seconds - 5, seconds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'service':'s','id':'bad','document':{'x':1,'x':2}} | s | bad | invalid-document",
        "{'service':'s','id':'bad','document':[]} | s | bad | invalid-document",
        "{'service':'s','id':'bad','document':} | s | bad | invalid-document",
        "{'service':'s','id':'bad'} | s | bad | invalid-document",
        "{'service':'s','id':'bad','ttl':'soon','document':{}} | s | bad | invalid-query",
        "{'service':'s','id':'bad','ttl':-1,'document':{}} | s | bad | invalid-query",
        "{'service':'_s','id':'bad','document':{}} | _s | bad | invalid-path",
        "{'service':'s','id':'..','document':{}} | s | .. | invalid-path",
        "{'id':'bad','document':{}} |  | line 2 | invalid-document",
        "{'service':'s','id':5,'document':{}} |  | line 2 | invalid-document",
        "{'service':'s','service':'s','id':'1','document':{}} |  | line 2 | invalid-document",
        "{'service':'s','id':'bad','document':{} |  | line 2 | invalid-document",
        "[1] |  | line 2 | invalid-document",
        "nonsense |  | line 2 | invalid-document",
        "LONG |  | line 2 | document-too-large",
        "LARGE | s | bad | document-too-large",
      })
  void aBadLineIsReportedAndTheOthersAreRegistered(
      String bad, String service, String id, String type) {
    String line = bad.replace('\'', '"')
        .replace("LONG", "{\"x\":\"" + "y".repeat(80_000) + "\"}")
        .replace(
            "LARGE",
            "{\"service\":\"s\",\"id\":\"bad\",\"document\":{\"x\":\"" + "y".repeat(66_000)
                + "\"}}");
    String good = "{\"service\":\"s\",\"id\":\"%d\",\"document\":{}}";
    JsonObject errors =
        errors("/_batch", good.formatted(1) + "\n" + line + "\r\n\n" + good.formatted(3));
    assertThat(errors.size()).isEqualTo(1);
    JsonObject problem = errors.getJsonObject(service == null ? "" : service).getJsonObject(id);
    assertThat(problem.getString("type")).isEqualTo("urn:hera:problem:" + type);
    assertThat(node.document("/s")).isEqualTo("{\"1\":{},\"3\":{}}");
    assertThat(node.status().getJsonObject("refused").getJsonObject("requests").getInteger(type))
        .isEqualTo(1);
  }

  @Test
  void theLaterOfTwoLinesForAnInstanceHolds() {
    String line = "{\"service\":\"s\",\"id\":\"1\",\"document\":{\"n\":%d}}\n";
    assertThat(errors("/_batch", line.formatted(1) + line.formatted(2))).isEmpty();
    assertThat(node.document("/s/1")).isEqualTo("{\"n\":2}");
    assertThat(errors("/_batch", "")).isEmpty();
    assertThat(errors("/_batch", "\n \r\n")).isEmpty();
  }

  @Test
  void linesAreRegisteredAsTheyCome() {
    try (Line line = node.line()) {
      line.write("POST /_batch HTTP/1.1\r\nHost: h\r\nContent-Type: " + NDJSON
          + "\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 3; i++) {
        String text = "{\"service\":\"s\",\"id\":\"%d\",\"document\":{}}\n".formatted(i);
        String half = text.substring(0, 20);
        line.write("14\r\n" + half + "\r\n");
        line.write(Integer.toHexString(text.length() - 20) + "\r\n" + text.substring(20) + "\r\n");
        String id = "/s/" + i;
        Eventually.holds(() -> node.get(id).status() == 200);
      }
      line.write("0\r\n\r\n");
      assertThat(line.readAny("POST").json().getJsonObject("errors")).isEmpty();
    }
  }

  @Test
  void aBodyOfWhichNothingMoreComesIsRefused() {
    HttpLimits hasty = TestLimits.withTimeouts(ServedNode.LIMITS, 1_000, 60_000);
    try (ServedNode impatient = ServedNode.ready(hasty);
        Line line = impatient.line()) {
      line.write("POST /_batch HTTP/1.1\r\nHost: h\r\nContent-Type: " + NDJSON
          + "\r\nContent-Length: 100\r\n\r\n{\"service\"");
      line.read("POST").isProblem(408, "body-timeout");
      assertThat(line.rest()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/ndjson", "application/x-ndjson; charset=utf-8", "APPLICATION/JSONL"})
  void otherNamesOfTheTypeAreUnderstood(String type) {
    try (Line line = node.line()) {
      byte[] body =
          "{\"service\":\"s\",\"id\":\"1\",\"document\":{}}".getBytes(StandardCharsets.UTF_8);
      line.write(Line.request("POST", "/_batch", body, "Content-Type: " + type));
      assertThat(line.readAny("POST").json().getJsonObject("errors")).isEmpty();
    }
    assertThat(node.document("/s/1")).isEqualTo("{}");
  }

  @Test
  void aNodeThatRecoversRefusesTheImport() {
    try (ServedNode recovering = ServedNode.recovering()) {
      List.of("", "\n")
          .forEach(end -> post(
                  recovering, "/_batch", "{\"service\":\"s\",\"id\":\"1\",\"document\":{}}" + end)
              .isProblem(503, "recovering"));
    }
  }
}
