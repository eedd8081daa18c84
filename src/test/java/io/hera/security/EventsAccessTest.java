package io.hera.security;

import static io.hera.testkit.Tokens.ALL;
import static io.hera.testkit.Tokens.FILE;
import static io.hera.testkit.Tokens.METRICS;
import static io.hera.testkit.Tokens.OPERATOR;
import static io.hera.testkit.Tokens.READER;
import static io.hera.testkit.Tokens.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.cli.events.Histories;
import io.hera.cli.events.Wanted;
import io.hera.cli.nodes.NodeClient;
import io.hera.testkit.EventClient;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.Tokens;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The history shows only what the client may read, and names clients by their identity. */
@Timeout(60)
class EventsAccessTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @BeforeEach
  void start() {
    node.access.set(Tokens.rules(FILE));
    write("PUT", "/orders/1", "{\"secret\":1}");
    write("PUT", "/billing-a/1", "{}");
  }

  private void write(String method, String target, String document) {
    node.send(method, target, document, bearer(ALL)).isDone();
  }

  private List<String> services(Reply reply) {
    return reply.json().getJsonArray("events").stream()
        .map(event -> ((JsonObject) event).getString("service", "-"))
        .toList();
  }

  @Test
  void aListHasReadableServicesAndTheEventsOfTheNodeOnly() {
    Reply some = node.get("/_events", bearer(READER));
    assertThat(services(some)).containsExactly("billing-a", "-");
    assertThat(some.header("hera-filtered")).isEqualTo("true");
    Reply all = node.get("/_events", bearer(ALL));
    assertThat(services(all)).containsExactly("billing-a", "orders", "-");
    assertThat(all.header("hera-filtered")).isEmpty();
    assertThat(services(node.get("/_events?service=billing-a", bearer(READER))))
        .containsExactly("billing-a");
  }

  @Test
  void aDrainNamesItsOperator() {
    node.send("PUT", "/_drain/billing-a/1?force", "", bearer(OPERATOR)).isDone();
    Reply drained = node.get("/_events?type=drained", bearer(READER));
    JsonObject event = drained.json().getJsonArray("events").getJsonObject(0);
    assertThat(event.getJsonObject("cause").getString("by")).isEqualTo("op");
    assertThat(event.getString("why"))
        .startsWith("hidden by the drain billing-a/1 of op, and registered");
  }

  @Test
  void aListOfAServiceThatIsNotReadableIsRefused() {
    node.get("/_events?service=orders", bearer(READER)).isProblem(403, "forbidden");
    node.get("/_events?%73ervice=orders", bearer(READER)).isProblem(403, "forbidden");
    node.get("/_events", bearer(METRICS)).isProblem(403, "forbidden");
    node.get("/_events").isProblem(401, "unauthenticated");
    node.get("/_events/2").isProblem(401, "unauthenticated");
  }

  @Test
  void anEventOfAHiddenServiceIsNotToldFromOneThatIsGone() {
    assertThat(node.get("/_events/2", bearer(ALL)).json().getJsonObject("after"))
        .isEqualTo(new JsonObject("{\"secret\":1}"));
    assertThat(node.get("/_events/3", bearer(READER)).status()).isEqualTo(200);
    JsonObject hidden = node.get("/_events/2", bearer(READER)).isProblem(404, "unknown-event");
    assertThat(hidden.getString("detail"))
        .startsWith("the event is not kept any more: from 1 on")
        .endsWith("; or the client may not read its service");
  }

  @Test
  void anEventNamesTheIdentityOfTheClientThatHasCausedIt() {
    write("DELETE", "/orders/1", "");
    JsonObject gone = node.get("/_events/4", bearer(OPERATOR)).json().getJsonObject("event");
    assertThat(gone.getJsonObject("cause"))
        .isEqualTo(
            new JsonObject("{\"kind\":\"delete\",\"address\":\"127.0.0.1\",\"token\":\"all\"}"));
    assertThat(gone.getString("why")).contains("a DELETE from 127.0.0.1 (all)");
    assertThat(node.get("/_events", bearer(OPERATOR)).body()).doesNotContain(ALL);
  }

  @Test
  void whyNamesTheIdentityOfADelete() {
    write("DELETE", "/orders/1", "");
    StringWriter out = new StringWriter();
    NodeClient client =
        new NodeClient(Optional.empty(), any -> Optional.of(ALL), Duration.ofSeconds(10));
    Wanted orders = new Wanted(Optional.of("orders"), Optional.of("1"), Optional.empty(), 10);
    new Histories(client, new PrintWriter(out, true), new PrintWriter(Writer.nullWriter()))
        .explain(List.of("127.0.0.1:" + node.port()), orders);
    assertThat(out.toString().lines().findFirst().orElseThrow())
        .startsWith("orders/1 is gone since 20")
        .contains(": deregistered by a DELETE from 127.0.0.1 (all); last renewal 20");
    assertThat(out.toString()).doesNotContain(ALL);
  }

  @Test
  void aStreamHasReadableServicesOnlyAndEndsWithTheToken() {
    String second = Tokens.make();
    node.access.set(Tokens.rules(FILE + Tokens.entry("s", "read billing-*", second)));
    Map<String, String> proof = Map.of("Authorization", "Bearer " + second);
    String last;
    try (EventClient client = new EventClient(node.port(), "/_events", "", proof)) {
      assertThat(client.response().headers().firstValue("hera-filtered")).hasValue("true");
      assertThat(client.next().data()).isEqualTo("{\"billing-a\":1}");
      write("PUT", "/orders/2", "{}");
      write("PUT", "/billing-b/1", "{}");
      assertThat(client.next().json().getString("service")).isEqualTo("billing-b");
      last = client.lastId();
      node.access.set(Tokens.rules(FILE));
      assertThat(client.poll()).isEmpty();
    }
    write("PUT", "/orders/3", "{}");
    write("PUT", "/billing-c/1", "{}");
    Map<String, String> other = Map.of("Authorization", "Bearer " + READER);
    try (EventClient client = new EventClient(node.port(), "/_events", last, other)) {
      assertThat(client.next().json().getString("service")).isEqualTo("billing-c");
    }
  }
}
