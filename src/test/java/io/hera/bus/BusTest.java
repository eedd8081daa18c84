package io.hera.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hera.MainVerticle;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A node, and a verticle that uses it over the event bus. */
@Timeout(60)
class BusTest {
  private final Vertx vertx = Vertx.vertx();
  private final int port = Ports.free();
  private final Listener listener = new Listener();

  /** A verticle of an application that listens. */
  private static final class Listener extends VerticleBase {
    private final BlockingQueue<JsonObject> all = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonObject> ofOne = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonObject> ofNode = new LinkedBlockingQueue<>();

    @Override
    public Future<?> start() {
      return Future.all(List.of(
          listen("hera.changes", all),
          listen("hera.changes.s", ofOne),
          listen("hera.n-1.changes", ofNode)));
    }

    private Future<Void> listen(String address, BlockingQueue<JsonObject> heard) {
      return vertx
          .eventBus()
          .<JsonObject>localConsumer(address, message -> heard.add(message.body()))
          .completion();
    }
  }

  @BeforeEach
  void start() {
    JsonObject config = new JsonObject().put("name", "n-1").put("port", port);
    vertx
        .deployVerticle(new MainVerticle(), new DeploymentOptions().setConfig(config))
        .await();
    vertx.deployVerticle(listener).await();
    Eventually.passes(
        () -> assertThat(Http.get(port, "/_health/ready")).contains("\"status\":\"up\""));
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private JsonObject ask(String address, String message) {
    return vertx
        .eventBus()
        .<JsonObject>request(address, new JsonObject(message))
        .await()
        .body();
  }

  @Test
  void anInstanceIsRegisteredRenewedLookedUpAndDeregistered() {
    String register =
        "{'service':'s','id':'1','ttl':'1h','instance':{'zone':'ams','n':1.5}}".replace('\'', '"');
    assertThat(ask("hera.register", register)).isEmpty();
    assertThat(Http.get(port, "/s/1")).isEqualTo("{\"zone\":\"ams\",\"n\":1.5}");
    assertThat(ask("hera.n-1.register", register.replace("\"1\"", "\"2\"").replace("ams", "lon")))
        .isEmpty();
    assertThat(ask("hera.renew", "{\"service\":\"s\",\"id\":\"1\",\"ttl\":30}")).isEmpty();
    JsonObject one = new JsonObject("{\"zone\":\"ams\",\"n\":1.5}");
    assertThat(ask("hera.lookup", "{\"service\":\"s\",\"id\":\"1\"}")).isEqualTo(one);
    assertThat(ask("hera.lookup", "{\"service\":\"s\"}").fieldNames()).containsExactly("1", "2");
    assertThat(ask("hera.n-1.lookup", "{\"service\":\"s\",\"match\":{\"n\":1.5,\"zone\":\"ams\"}}"))
        .isEqualTo(new JsonObject().put("1", one));
    assertThat(ask("hera.lookup", "{\"service\":\"none\"}")).isEmpty();
    assertThat(ask("hera.services", "{}").encode()).isEqualTo("{\"s\":{\"instances\":2}}");
    assertThat(ask("hera.deregister", "{\"service\":\"s\",\"id\":\"1\"}")).isEmpty();
    assertThat(ask("hera.services", "{}").encode()).isEqualTo("{\"s\":{\"instances\":1}}");
  }

  @Test
  void changesArePublishedAndHeartbeatsAreNot() throws InterruptedException {
    put("/s/1", "{\"n\":1,\"updated_at\":1}");
    JsonObject registered = listener.ofOne.take();
    assertThat(registered)
        .isEqualTo(new JsonObject(
            "{\"type\":\"registered\",\"service\":\"s\",\"id\":\"1\",\"origin\":\"n-1\","
                + "\"instance\":{\"n\":1,\"updated_at\":1}}"));
    put("/s/1", "{\"n\":1,\"updated_at\":2}");
    put("/s/1", " {\"updated_at\" : 3, \"n\" : 1}");
    put("/other/1", "{}");
    put("/s/1", "{\"n\":2}");
    assertThat(listener.ofOne.take().getString("type")).isEqualTo("updated");
    put("/s/2?ttl=1", "{}");
    assertThat(listener.ofOne.take().getString("type")).isEqualTo("registered");
    assertThat(listener.ofOne.take().getString("type")).isEqualTo("expired");
    assertThat(ask("hera.lookup", "{\"service\":\"s\"}").fieldNames()).containsExactly("1");
    ask("hera.deregister", "{\"service\":\"s\",\"id\":\"1\"}");
    JsonObject deregistered = listener.ofOne.take();
    assertThat(deregistered.getString("type")).isEqualTo("deregistered");
    assertThat(deregistered.getJsonObject("instance").encode()).isEqualTo("{\"n\":2}");
    List<String> all =
        List.of("registered", "registered", "updated", "registered", "expired", "deregistered");
    for (String type : all) {
      assertThat(listener.all.take().getString("type")).isEqualTo(type);
      assertThat(listener.ofNode.take().getString("type")).isEqualTo(type);
    }
    assertThat(listener.all).isEmpty();
    assertThat(listener.ofOne).isEmpty();
  }

  private void put(String target, String document) {
    assertThat(Http.put(port, target, document)).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "register | {} | 400 | invalid-request: id",
        "register | {'service':'s','id':'1'} | 400 | invalid-request: instance",
        "register | {'service':1,'id':'1','instance':{}} | 400 | invalid-request: service",
        "register | {'service':'_s','id':'1','instance':{}} | 400 | invalid-path: the service",
        "register | {'service':'s','id':'..','instance':{}} | 400 | invalid-path: the id",
        "register | {'service':'s','id':'1','instance':{},'ttl':'x'} | 400 | invalid-request: ttl",
        "renew | {'service':'s','id':'1'} | 404 | unknown-instance",
        "lookup | {'service':'s','id':'1'} | 404 | unknown-instance",
        "lookup | {'service':'s','match':1} | 400 | invalid-request: match",
        "lookup | {'service':''} | 400 | invalid-path"
      })
  void aFailureHasTheStatusAndTheProblemTypeOfHttp(
      String verb, String message, int code, String reason) {
    ReplyException failure = failure("hera." + verb, new JsonObject(message.replace('\'', '"')));
    assertThat(failure.failureCode()).isEqualTo(code);
    assertThat(failure.getMessage()).startsWith(reason);
  }

  @Test
  void aDocumentThatIsTooLargeOrTooDeepFailsAndSoDoesAMessageThatIsNotJson() {
    JsonObject large = new JsonObject().put("x", "x".repeat(1 << 16));
    JsonObject deep = new JsonObject();
    for (int i = 0; i < 40; i++) {
      deep = new JsonObject().put("x", deep);
    }
    JsonObject register = new JsonObject().put("service", "s").put("id", "1");
    assertThat(failure("hera.register", register.copy().put("instance", large)).failureCode())
        .isEqualTo(413);
    ReplyException tooDeep = failure("hera.register", register.copy().put("instance", deep));
    assertThat(tooDeep.failureCode()).isEqualTo(400);
    assertThat(tooDeep.getMessage()).startsWith("invalid-document");
    assertThat(failure("hera.register", "text").failureCode()).isEqualTo(400);
  }

  /** Values that HTTP refuses too: a reader of the service may not survive them. */
  @Test
  void aDocumentThatIsNotIJsonFails() {
    List<JsonObject> documents = List.of(
        new JsonObject().put("x", new JsonArray().add("\ud800")),
        new JsonObject().put("x", new JsonObject().put("\udc00", 1)),
        new JsonObject().put("x", new BigDecimal("-1e999")),
        new JsonObject().put("x", Double.POSITIVE_INFINITY),
        new JsonObject().put("x", new JsonArray().add(Float.NaN)));
    for (JsonObject document : documents) {
      JsonObject register =
          new JsonObject().put("service", "s").put("id", "1").put("instance", document);
      ReplyException failure = failure("hera.register", register);
      assertThat(failure).as(String.valueOf(document.getMap())).isNotNull();
      assertThat(failure.failureCode()).as(failure.getMessage()).isEqualTo(400);
    }
    assertThat(Http.get(port, "/s")).isEqualTo("{}");
  }

  static List<String> documentsThatHttpTakes() {
    return List.of(
        "{\"x\":0.%s}".formatted("1".repeat(1_200)),
        "{\"x\":%s}".formatted("1".repeat(308)),
        "{\"%s\":1}".formatted("x".repeat(60_000)),
        "{\"x\":\"%s\"}".formatted("x".repeat(65_000)),
        "{\"x\":" + "[".repeat(30) + "]".repeat(30) + "}");
  }

  /** Jackson as it comes refuses some of these. */
  @ParameterizedTest
  @MethodSource("documentsThatHttpTakes")
  void aDocumentThatHttpTakesIsPublishedAndLookedUpBesideOthers(String document) throws Exception {
    put("/s/1", "{\"n\":1}");
    put("/s/2", document);
    put("/s/3", "{\"n\":3}");
    put("/other/1", "{}");
    assertThat(listener.ofOne.take().getString("id")).isEqualTo("1");
    JsonObject published = listener.ofOne.take().getJsonObject("instance");
    assertThat(listener.ofOne.take().getString("id")).isEqualTo("3");
    for (String service : List.of("s", "s", "s", "other")) {
      assertThat(listener.all.take().getString("service")).isEqualTo(service);
      assertThat(listener.ofNode.take().getString("service")).isEqualTo(service);
    }
    assertThat(ask("hera.lookup", "{\"service\":\"s\"}").fieldNames())
        .containsExactly("1", "2", "3");
    assertThat(ask("hera.lookup", "{\"service\":\"s\",\"id\":\"2\"}")).isEqualTo(published);
  }

  @Test
  void aLookupAtANodeThatIsNotReadyFails() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      JsonObject cluster = new JsonObject()
          .put("n-2", new JsonObject().put("host", "127.0.0.1").put("port", Ports.free()))
          .put("n-3", new JsonObject().put("host", "127.0.0.1").put("port", silent.getLocalPort()));
      JsonObject config = new JsonObject().put("name", "n-2").put("cluster", cluster);
      vertx
          .deployVerticle(new MainVerticle(), new DeploymentOptions().setConfig(config))
          .await();
      for (String verb : List.of("lookup", "services", "register")) {
        JsonObject message = new JsonObject("{\"service\":\"s\",\"id\":\"1\",\"instance\":{}}");
        ReplyException failure = failure("hera.n-2." + verb, message);
        assertThat(failure.failureCode()).isEqualTo(503);
        assertThat(failure.getMessage()).startsWith("recovering: ");
      }
    }
  }

  private ReplyException failure(String address, Object message) {
    return catchThrowableOfType(
        ReplyException.class, () -> vertx.eventBus().request(address, message).await());
  }
}
