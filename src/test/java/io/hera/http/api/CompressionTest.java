package io.hera.http.api;

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
    assertThat(plain.header("vary")).isEqualTo("accept-encoding");
    for (int times = 0; times < 2; times++) {
      Reply reply = node.get(whole, "Accept-Encoding: br, gzip;q=0.5");
      assertThat(reply.header("content-encoding")).isEqualTo("gzip");
      assertThat(reply.header("etag")).isEqualTo(plain.header("etag"));
      assertThat(Gzip.inflate(reply.bytes(), 1 << 20)).isEqualTo(plain.bytes());
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
