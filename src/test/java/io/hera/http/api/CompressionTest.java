package io.hera.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.wire.Gzip;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that are compressed, and those that are not. */
class CompressionTest {
  private static final String TEXT = "0123456789".repeat(50);

  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @BeforeAll
  static void start() {
    node.register("/small/1", "{}");
    for (int i = 0; i < 4; i++) {
      node.register("/middle/" + i, "{\"text\":\"" + TEXT + "\"}");
    }
    for (int i = 0; i < 400; i++) {
      node.register("/large/" + i, "{\"text\":\"" + TEXT + "\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/middle", "/large", "/middle?match=text:"})
  void aLongReplyIsCompressedForClientsThatAcceptIt(String target) throws Malformed {
    String whole = target + (target.endsWith(":") ? TEXT : "");
    Reply plain = node.get(whole);
    assertThat(plain.header("content-encoding")).isEmpty();
    assertThat(plain.header("vary")).isEqualTo("accept, accept-encoding");
    for (int times = 0; times < 2; times++) {
      Reply reply = node.get(whole, "Accept-Encoding: br, gzip;q=0.5");
      assertThat(reply.header("content-encoding")).isEqualTo("gzip");
      assertThat(reply.header("etag")).isEqualTo(plain.header("etag"));
      assertThat(Gzip.inflate(reply.bytes(), 1 << 20)).isEqualTo(plain.bytes());
    }
  }

  /** 304 says what decides about the reply, as 200 does (RFC 9110, 15.4.5). */
  @ParameterizedTest
  @ValueSource(strings = {"/middle", "/large", "/small", "/middle/1", "/", "/large?match=text:1"})
  void repliesOfReadsVaryWhetherTheyAreModifiedOrNot(String target) {
    Reply whole = node.get(target);
    Reply known = node.get(target, "If-None-Match: " + whole.header("etag"));
    assertThat(known.status()).isEqualTo(304);
    assertThat(known.header("vary")).isEqualTo("accept, accept-encoding");
    assertThat(whole.header("vary")).isEqualTo("accept, accept-encoding");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_export",
        "/_metrics",
        "/_openapi.yaml",
        "/_sd/prometheus",
        "/middle?pretty",
        "/long/1",
        "/long/1?pretty"
      })
  void everyLongReplyIsCompressed(String target) throws Malformed {
    node.register("/long/1", "{\"address\":\"h:1\",\"text\":\"" + TEXT + TEXT + TEXT + "\"}");
    Reply plain = node.get(target);
    Reply gzip = node.get(target, "Accept-Encoding: gzip");
    assertThat(plain.header("content-encoding")).isEmpty();
    assertThat(plain.header("vary")).contains("accept-encoding");
    assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
    assertThat(gzip.header("vary")).isEqualTo(plain.header("vary"));
    String inflated = new String(Gzip.inflate(gzip.bytes(), 1 << 24), UTF_8);
    if (target.equals("/_metrics")) {
      assertThat(inflated).contains("hera_instances");
    } else {
      assertThat(inflated).isEqualTo(plain.body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip;q=0", "br", "identity"})
  void nobodyGetsWhatHeDidNotAskFor(String accepted) {
    assertThat(node.get("/middle", "Accept-Encoding: " + accepted).header("content-encoding"))
        .isEmpty();
  }

  @Test
  void aShortReplyIsNotCompressed() {
    assertThat(node.get("/small", "Accept-Encoding: gzip").body()).isEqualTo("{\"1\":{}}");
  }
}
