package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entity tags of reads, and reads that they save. */
class EntityTagTest {
  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  private static String tag(String target) {
    return node.get(target).header("etag");
  }

  private static Reply known(String target, String tag) {
    return node.get(target, "If-None-Match: " + tag);
  }

  @Test
  void anEntityTagIsWeakAndHas128Bits() {
    node.register("/form/1", "{}");
    for (String target : List.of("/form", "/form/1", "/", "/nothing-at-all")) {
      assertThat(tag(target)).as(target).matches("W/\"[0-9a-f]{32}\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/same", "/same/1", "/same?pretty", "/same?match=a:1"})
  void heartbeatsDoNotChangeIt(String target) {
    node.register("/same/1", "{\"a\":1,\"updated_at\":1}");
    String before = tag(target);
    node.register("/same/1", "{\"a\":1,\"updated_at\":2}");
    node.register("/same/1", "");
    assertThat(tag(target)).isEqualTo(before);
    assertThat(node.document("/same/1")).isEqualTo("{\"a\":1,\"updated_at\":2}");
    assertThat(known(target, before).status()).isEqualTo(304);
  }

  @Test
  void anEntityTagChangesWithTheContentAndComesBackWithIt() {
    node.register("/moves/1", "{\"a\":1}");
    String one = tag("/moves");
    node.register("/moves/2", "{\"a\":1}");
    String two = tag("/moves");
    node.register("/moves/1", "{\"a\":2}");
    String changed = tag("/moves");
    assertThat(List.of(one, two, changed)).doesNotHaveDuplicates();
    assertThat(known("/moves", two).body()).contains("\"a\":2");
    node.register("/moves/1", "{\"a\":1}");
    assertThat(tag("/moves")).isEqualTo(two);
    node.send("DELETE", "/moves/2", "").isDone();
    assertThat(tag("/moves")).isEqualTo(one);
  }

  @Test
  void theEntityTagOfAllServicesChangesWithTheContentOfAny() {
    node.register("/listed/1", "{\"a\":1}");
    String before = tag("/");
    assertThat(known("/", before).status()).isEqualTo(304);
    node.register("/listed/1", "{\"a\":2}");
    assertThat(tag("/")).isNotEqualTo(before);
    assertThat(known("/", before).status()).isEqualTo(200);
  }

  @Test
  void a304HasTheEntityTagAndNoBody() {
    node.register("/spared/1", "{}");
    String tag = tag("/spared");
    Reply reply = known("/spared", tag);
    assertThat(reply.status()).isEqualTo(304);
    assertThat(reply.header("etag")).isEqualTo(tag);
    assertThat(reply.bytes()).isEmpty();
    Reply head = node.send("HEAD", "/spared", "", "If-None-Match: " + tag);
    assertThat(head.status()).isEqualTo(304);
  }

  @Test
  void anyTagInIfNoneMatchMayMatch() {
    node.register("/known/1", "{}");
    String tag = tag("/known");
    assertThat(known("/known", "\"x\", " + tag + ", \"y\"").status()).isEqualTo(304);
    assertThat(known("/known", tag.substring(2)).status()).isEqualTo(304);
    assertThat(known("/known", "*").status()).isEqualTo(304);
    assertThat(known("/known/1", "\"x\", *").status()).isEqualTo(304);
    assertThat(known("/known", "\"x\"").status()).isEqualTo(200);
    assertThat(known("/known", tag.replace("\"", "")).status()).isEqualTo(200);
    assertThat(
            node.get("/known", "If-None-Match: \"x\"", "If-None-Match: " + tag).status())
        .isEqualTo(304);
  }

  @Test
  void aFilteredReadHasAnEntityTagOfItsOwn() {
    node.register("/zones/1", "{\"zone\":\"ams\",\"n\":1}");
    node.register("/zones/2", "{\"zone\":\"lon\"}");
    String ams = tag("/zones?match=zone:ams");
    assertThat(ams).isNotEqualTo(tag("/zones"));
    node.register("/zones/2", "{\"zone\":\"lon\",\"n\":2}");
    assertThat(known("/zones?match=zone:ams", ams).status()).isEqualTo(304);
    node.register("/zones/2", "{\"zone\":\"ams\",\"n\":2}");
    assertThat(known("/zones?match=zone:ams", ams).status()).isEqualTo(200);
  }

  /** Maps of some languages have another order each time. */
  @Test
  void aDocumentWithItsMembersInAnotherOrderKeepsTheTagAndItsBytesAreShown() {
    node.register("/orders/1", "{\"host\":\"h\",\"port\":1,\"in\":{\"a\":[1],\"b\":2}}");
    List<String> targets = List.of("/orders", "/orders/1", "/", "/orders?match=port:1");
    List<String> tags = targets.stream().map(EntityTagTest::tag).toList();
    String other = "{ \"in\":{\"b\" : 2, \"a\":[ 1 ]},\"port\":1,\"host\":\"\\u0068\"}";
    node.register("/orders/1", other);
    assertThat(targets.stream().map(EntityTagTest::tag).toList()).isEqualTo(tags);
    assertThat(known("/orders", tags.get(0)).status()).isEqualTo(304);
    assertThat(node.document("/orders/1")).isEqualTo(other);
    assertThat(node.document("/orders")).isEqualTo("{\"1\":" + other + "}");
    node.register("/orders/1", "{\"host\":\"h\",\"port\":1,\"in\":{\"a\":[2],\"b\":2}}");
    assertThat(known("/orders", tags.get(0)).status()).isEqualTo(200);
  }
}
