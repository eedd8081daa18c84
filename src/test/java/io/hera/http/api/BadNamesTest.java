package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.ServedNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid names, over the wire: the parser gets the raw target, which nothing has normalised. */
class BadNamesTest {
  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//",
        "//a",
        "/a/",
        "/a//b",
        "/a/b/",
        "/a/b/c",
        "/a%2Fb/c",
        "/a/b%2fc",
        "/a%5Cb/c",
        "/a\\b/c",
        "/a/%00",
        "/./a",
        "/../a",
        "/a/..",
        "/%2e%2E/a",
        "/a/%2e",
        "/a/../b",
        "/a/%0a",
        "/a/%7f",
        "/a/%C2%9F",
        "/a/%",
        "/a/%4",
        "/a/%zz",
        "/a/%FF",
        "/a/%C0%AF",
        "/a/%ED%A0%80",
        "/%5Fx/a",
        "/%5f/a",
        "/a/b#c",
        "/a#b/c",
        "//_status",
        "/a/\u00e9",
        "/a/\u00ff",
        "/a/\u007f",
        "/a/\u0080",
        "http://hera/a/b/c"
      })
  void everyMethodIsToldThatThePathIsNone(String target) {
    try (Line line = node.line()) {
      for (String method : new String[] {"GET", "PUT", "DELETE", "OPTIONS", "POST"}) {
        line.send(method, target, method.equals("PUT") ? "{}" : "").isProblem(400, "invalid-path");
      }
      assertThat(line.send("HEAD", target, "").status()).isEqualTo(400);
    }
  }

  @Test
  void aNameIsAtMost255BytesLong() {
    node.register("/" + "s".repeat(255) + "/" + "%C3%A9".repeat(127) + "i", "{}");
    node.put("/" + "s".repeat(256) + "/i", "{}").isProblem(400, "invalid-path");
    node.put("/s/" + "%C3%A9".repeat(128), "{}").isProblem(400, "invalid-path");
    assertThat(node.document("/" + "s".repeat(255)))
        .isEqualTo("{\"" + "\u00e9".repeat(127) + "i\":{}}");
  }

  @Test
  void reservedServicesCannotBeWritten() {
    node.put("/_x/y", "{}").isProblem(400, "invalid-path");
    node.put("/_status/y", "{}").isProblem(400, "invalid-path");
    node.put("/%5Fx/y", "{}").isProblem(400, "invalid-path");
    node.send("DELETE", "/_x/y", "").isProblem(400, "invalid-path");
  }

  @Test
  void anIdMayBeginWithAnUnderscore() {
    node.register("/underscored/_x", "{}");
    node.register("/underscored/%5Fy", "{}");
    assertThat(node.document("/underscored")).isEqualTo("{\"_x\":{},\"_y\":{}}");
  }

  @Test
  void namesAreComparedByTheirBytes() {
    for (String id :
        new String[] {"a+b", "a%20b", "a;c", "%c3%A9", "e%CC%81", "~", "%2525", "%3F"}) {
      node.register("/bytes/" + id, "{}");
    }
    assertThat(node.get("/bytes").json().fieldNames())
        .containsExactlyInAnyOrder("a+b", "a b", "a;c", "\u00e9", "e\u0301", "~", "%25", "?");
    assertThat(node.document("/bytes/%C3%a9")).isEqualTo("{}");
    assertThat(node.document("/%62ytes/%61+b")).isEqualTo("{}");
    node.get("/bytes/a").isProblem(404, "unknown-instance");
    node.get("/bytes/A+b").isProblem(404, "unknown-instance");
  }

  @Test
  void theAbsoluteFormNamesTheSameInstance() {
    node.register("http://hera/absolute/1?ttl=60", "{}");
    assertThat(node.document("/absolute")).isEqualTo("{\"1\":{}}");
    assertThat(node.get("http://other:99/absolute/1").status()).isEqualTo(200);
    assertThat(node.get("HTTP://hera").status()).isEqualTo(200);
    assertThat(node.get("http://hera/_status").json().getString("node")).isEqualTo("a");
  }

  @Test
  void aRefusedNameRegistersNothing() {
    node.put("/behind/..", "{}").isProblem(400, "invalid-path");
    assertThat(node.document("/behind")).isEqualTo("{}");
  }
}
