package io.hera.http.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.testkit.Contract;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The description of the API: it is served, it is complete, and a reply that it does not allow fails. */
class ContractTest {
  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @Test
  void theNodeServesTheDescription() {
    Reply reply = node.get("/_openapi.yaml");
    assertThat(reply.header("content-type")).isEqualTo("application/yaml; charset=utf-8");
    assertThat(reply.body()).startsWith("openapi: 3.1.0\n").contains("/{service}/{id}:");
  }

  @Test
  void everyEndpointIsDescribedAndEveryPathDescribedHasAnEndpoint() {
    assertThat(Contract.document().getJsonObject("paths").fieldNames())
        .containsExactlyInAnyOrderElementsOf(node.paths());
  }

  /** OPTIONS allows exactly the methods described. */
  @Test
  void everyMethodIsDescribed() {
    JsonObject paths = Contract.document().getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      String target = path.replace("{service}", "s").replaceAll("\\{(id|n|file|path)}", "1");
      String allowed = node.send("OPTIONS", target, "").header("allow");
      List<String> described = paths.getJsonObject(path).fieldNames().stream()
          .filter(name -> !name.equals("parameters"))
          .map(name -> name.toUpperCase(Locale.ROOT))
          .toList();
      assertThat(allowed.split(", ", -1)).as(path).containsExactlyInAnyOrderElementsOf(described);
    }
  }

  @Test
  void everyOperationIdIsUnique() {
    List<String> names = new ArrayList<>();
    JsonObject paths = Contract.document().getJsonObject("paths");
    paths.forEach(path -> ((JsonObject) path.getValue()).forEach(operation -> {
      if (operation.getValue() instanceof JsonObject json && json.containsKey("operationId")) {
        names.add(json.getString("operationId"));
      }
    }));
    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(15);
  }

  @Test
  void aReplyThatIsNotDescribedFailsTheCheck() {
    String tag = "W/\"" + "0".repeat(32) + "\"";
    Map<String, String> renewed = Map.of("etag", tag, "hera-expires-in", "300");
    Reply done = new Reply(204, renewed, new byte[0]);
    Contract.check("PUT", "/s/1", done);
    refused("PUT", "/s/1", new Reply(204, Map.of("etag", tag), new byte[0]));
    refused("GET", "/s/1", done);
    refused("PUT", "/s/1", reply(204, "application/json", "{}"));
    Contract.check("GET", "/_health/live", reply(200, "application/json", "{\"status\":\"up\"}"));
    refused("GET", "/_health/live", reply(200, "application/json", "{\"status\":\"well\"}"));
    refused("GET", "/_health/live", reply(200, "text/html", "up"));
    refused("GET", "/_health/live", reply(404, "application/problem+json", "{}"));
    refused("GET", "/_none", reply(200, "application/json", "{}"));
    refused("GET", "/s/1", reply(200, "application/json", "{}"));
    refused("GET", "/s/1", reply(404, "application/problem+json", "{\"type\":\"x\"}"));
  }

  private static Reply reply(int status, String type, String body) {
    return new Reply(status, Map.of("content-type", type), body.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(String method, String target, Reply reply) {
    assertThatThrownBy(() -> Contract.check(method, target, reply))
        .isInstanceOf(AssertionError.class);
  }
}
