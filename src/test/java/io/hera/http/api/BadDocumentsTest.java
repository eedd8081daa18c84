package io.hera.http.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.ServedNode;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are not acceptable documents. After each refusal the earlier document is unchanged. */
class BadDocumentsTest {
  private static final String KEPT = "{\"kept\": true}";
  private static final String TARGET = "/documents/1";

  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @BeforeEach
  void register() {
    node.register(TARGET + "?ttl=3000", KEPT);
  }

  @AfterEach
  void aRefusedDocumentChangesNothing() {
    assertThat(node.document(TARGET)).isEqualTo(KEPT);
    assertThat(node.expiresIn(TARGET)).isBetween(2_900L, 3_000L);
    assertThat(node.document("/documents")).isEqualTo("{\"1\":" + KEPT + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "\r\n\t ",
        "[]",
        "[{}]",
        "1",
        "\"{}\"",
        "null",
        "true",
        "{",
        "}",
        "{}}",
        "{} {}",
        "{},",
        "{}x",
        "{}\u0000",
        "{}//",
        "/**/{}",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":'b'}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":-Infinity}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":-}",
        "{\"a\":1e400}",
        "{\"a\":[{\"b\":-1e999}]}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":{\"\\udfff\":1}}",
        "{\"a\":0x1}",
        "{\"a\":TRUE}",
        "{\"a\":tru}",
        "{\"a\":nul",
        "{\"a\":\"b",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"b\":{\"a\":1,\"c\":[],\"a\":2}}",
        "{\"\":1,\"\":2}",
        "\ufeff{}",
        "{}\ufeff",
        "\u00a0{}",
        "\f{}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "a=1&b=2",
        "<a/>",
        "--x\r\n"
      })
  void aBodyThatIsNotOneJsonObjectIsRefused(String document) {
    JsonObject problem = node.put(TARGET + "?ttl=100", document).isProblem(400, "invalid-document");
    assertThat(problem.getString("detail")).startsWith("at byte ");
    assertThat(problem.getString("hint")).contains("JSON object");
  }

  @Test
  void encodingsOtherThanUtf8AreRefused() {
    refused("{\"a\":\"\u00e9\"}".getBytes(ISO_8859_1));
    refused("{}".getBytes(UTF_16));
    refused("{}".getBytes(UTF_16LE));
    for (String bad : new String[] {
      "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00f4\u0090\u0080\u0080", "\u0080", "\u00c3", "\u00ff"
    }) {
      refused(("{\"a\":\"" + bad + "\"}").getBytes(ISO_8859_1));
      refused(("{\"" + bad + "\":1}").getBytes(ISO_8859_1));
    }
  }

  @Test
  void theProblemPointsToTheMemberAtFault() {
    JsonObject problem =
        node.put(TARGET, "{\"a\":{\"b/c\":[1,NaN]}}").isProblem(400, "invalid-document");
    assertThat(problem.getString("pointer")).isEqualTo("/a/b~1c/1");
  }

  @Test
  void aDocumentIsAtMost64KiBLarge() {
    node.put("/sizes/1", "{\"a\":\"" + "x".repeat(65_536 - 8) + "\"}").isDone();
    assertThat(node.get("/sizes/1").bytes()).hasSize(65_536);
    node.put(TARGET, "{\"a\":\"" + "x".repeat(65_536 - 7) + "\"}")
        .isProblem(413, "document-too-large");
    node.put(TARGET, " ".repeat(65_537)).isProblem(413, "document-too-large");
  }

  @Test
  void aDocumentIsAtMost32LevelsDeep() {
    node.put("/depths/1", nested(32)).isDone();
    assertThat(node.document("/depths/1")).isEqualTo(nested(32));
    node.put(TARGET, nested(33)).isProblem(400, "invalid-document");
    node.put(TARGET, "{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}")
        .isProblem(400, "invalid-document");
    node.put(TARGET, "{\"a\":" + "[".repeat(60_000)).isProblem(400, "invalid-document");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "  {\t}\r\n",
        "{\"n\": 1.10}",
        "{\"n\":1e308}",
        "{\"n\":-0.0E-0}",
        "{\"n\":123456789012345678901234567890}",
        "{\"n\":0.1000000000000000055511151231257827}",
        "{\"s\":\"\\u00e9\\/\\b\\ud83d\\ude00\"}",
        "{\"s\":\"\u00e9\ud83d\ude00\u2028\u007f\"}",
        "{\"s\":\"\\u0000\"}",
        "{\"\":\"\"}",
        "{\"a\":1,\"A\":1,\" a\":1}",
        "{\"z\":1,\"a\":[null,true,false,[],{}]}",
        "{\"\\u0061\":1}",
        "{\"a\":{\"a\":{\"a\":1}}}"
      })
  void documentsComeBackByteByByte(String document) {
    node.register("/bytes/1", document);
    assertThat(node.get("/bytes/1").bytes()).isEqualTo(document.getBytes(UTF_8));
    assertThat(node.document("/bytes")).isEqualTo("{\"1\":" + document + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "application/json",
        "application/json; charset=utf-8",
        "text/plain",
        "application/octet-stream",
        "text/html",
        "",
        "nonsense",
        ";",
        "application/xmlish"
      })
  void theContentTypeIsNotLookedAt(String type) {
    String small = "{\"a\":\"1&b=%zz+\"}";
    String large = "{\"a\":\"" + "&x=%".repeat(12_000) + "\"}";
    for (String document : new String[] {small, large}) {
      node.put("/types/1", document.getBytes(UTF_8), "Content-Type: " + type).isDone();
      assertThat(node.document("/types/1")).isEqualTo(document);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/xml",
        "Content-Type: application/xml",
        "Content-Type: APPLICATION/XML ;charset=utf-8",
        "Content-Type: application/soap+xml",
        "Content-Type: multipart/form-data; boundary=x",
        "Content-Type: Multipart/Mixed",
        "Content-Encoding: gzip",
        "Content-Encoding: GZIP",
        "Content-Encoding: br",
        "Content-Encoding: gzip, identity"
      })
  void aContentTypeThatCannotBeJsonIsRefused(String header) {
    try (Line line = node.line()) {
      line.send("PUT", TARGET, "{\"n\":2}", header).isProblem(415, "unsupported-media-type");
      line.send("PUT", TARGET, "", header).isProblem(415, "unsupported-media-type");
      assertThat(line.send("GET", TARGET, "", header).body()).isEqualTo(KEPT);
    }
  }

  @Test
  void aCompressedBodyIsRefused() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write("{\"n\":2}".getBytes(UTF_8));
    }
    node.put(TARGET, compressed.toByteArray(), "Content-Encoding: gzip")
        .isProblem(415, "unsupported-media-type");
    refused(compressed.toByteArray());
    node.put("/identity/1", "{}".getBytes(UTF_8), "Content-Encoding: identity").isDone();
  }

  private static void refused(byte[] document) {
    node.put(TARGET, document).isProblem(400, "invalid-document");
  }

  private static String nested(int depth) {
    return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
  }
}
