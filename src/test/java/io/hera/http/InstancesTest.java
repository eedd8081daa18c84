package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The registry's API over real HTTP, row by row. */
class InstancesTest {
  private static ServedNode node;

  @BeforeAll
  static void start() {
    node = ServedNode.ready();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void aPutIsSeenByEverybodyAtOnce() {
    assertThat(node.put("/storage/1", "{\"n\": 1.10}").status()).isEqualTo(204);
    assertThat(node.get("/storage").body()).isEqualTo("{\"1\":{\"n\": 1.10}}");
    ServedNode.Reply one = node.get("/storage/1");
    assertThat(one.status()).isEqualTo(200);
    assertThat(one.body()).isEqualTo("{\"n\": 1.10}");
    assertThat(one.header("hera-expires-in")).matches("29[0-9]|300");
    assertThat(one.header("hera-origin")).isEqualTo("a");
    assertThat(one.header("content-type")).isEqualTo("application/json; charset=utf-8");
  }
}
