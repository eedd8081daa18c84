package io.hera.http.eureka;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.StrictEureka;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** What a node serves clients of Eureka. */
@Timeout(60)
class EurekaTest {
  private static final String JSON = "Accept: application/json";

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private static String body(String app, String id, String more) {
    return "{\"instance\":{\"instanceId\":\"" + id + "\",\"app\":\"" + app
        + "\",\"hostName\":\"h1\",\"ipAddr\":\"10.1.1.1\",\"port\":{\"$\":8080,\"@enabled\":\"true\"},"
        + "\"dataCenterInfo\":{\"name\":\"MyOwn\"},\"leaseInfo\":{\"durationInSecs\":60}" + more
        + "}}";
  }

  private void register(String app, String id) {
    node.send("POST", "/eureka/apps/" + app, body(app, id, ",\"lastDirtyTimestamp\":\"1000\""))
        .isDone();
  }

  private Map<String, Map<String, JsonObject>> apps(String target) {
    Reply reply = node.get(target, JSON);
    assertThat(reply.status()).isEqualTo(200);
    return StrictEureka.applications(reply.body());
  }

  private Map<String, Map<String, JsonObject>> apps() {
    return apps("/eureka/apps/");
  }

  private static void isEmpty(Reply reply, int status) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.bytes()).isEmpty();
    assertThat(reply.header("content-length")).isEqualTo("0");
    assertThat(reply.headers()).doesNotContainKey("content-type");
  }

  @Test
  void anInstanceThatRegistersIsAnInstanceOfTheServiceInLowerCase() {
    register("ORDERS", "h1:orders:8080");
    JsonObject document = new JsonObject(node.document("/orders/h1:orders:8080"));
    assertThat(document.getString("host")).isEqualTo("10.1.1.1");
    assertThat(node.expiresIn("/orders/h1:orders:8080")).isBetween(50L, 60L);
    assertThat(apps()).containsOnlyKeys("ORDERS");
    assertThat(apps().get("ORDERS")).containsOnlyKeys("h1:orders:8080");
  }

  @Test
  void anInstanceFromElsewhereIsFoundByItsVipAddress() {
    node.register("/orders/1", "{\"host\":\"10.1.1.2\",\"port\":80}");
    assertThat(apps("/_eureka/vips/orders").get("ORDERS")).containsOnlyKeys("1");
    assertThat(apps("/_eureka/svips/ORDERS").get("ORDERS")).containsOnlyKeys("1");
    isEmpty(node.get("/_eureka/vips/order"), 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/eureka/apps/",
        "/eureka/apps/delta",
        "/eureka/v2/apps",
        "/eureka/v2/apps/",
        "/_eureka/apps",
        "/_eureka/v2/apps/delta?regions=x"
      })
  void allPathsOfTheListHaveTheSameBytes(String target) {
    register("ORDERS", "1");
    assertThat(node.get(target, JSON).body())
        .isEqualTo(node.get("/_eureka/apps", JSON).body())
        .contains("\"1\"");
  }

  @Test
  void oneApplicationAndOneInstanceCanBeAskedFor() {
    register("ORDERS", "1");
    JsonObject app = new JsonObject(node.get("/eureka/apps/Orders", JSON).body());
    assertThat(StrictEureka.application(app.getJsonObject("application"))).containsOnlyKeys("1");
    for (String target : Set.of("/eureka/apps/ORDERS/1", "/eureka/instances/1")) {
      JsonObject one = new JsonObject(node.get(target, JSON).body());
      StrictEureka.instance(one.getJsonObject("instance"));
    }
    for (String target : Set.of(
        "/eureka/apps/NONE",
        "/eureka/apps/ORDERS/2",
        "/eureka/instances/2",
        "/eureka/x/y",
        "/_eureka/")) {
      isEmpty(node.get(target, JSON), 404);
    }
  }

  @Test
  void noServiceIsAnEmptyList() {
    assertThat(node.get("/eureka/apps/", JSON).body())
        .isEqualTo(
            "{\"applications\":{\"application\":[],\"versions__delta\":\"1\",\"apps__hashcode\":\"\"}}");
  }

  @Test
  void withoutAcceptTheListIsXml() {
    register("ORDERS", "1");
    Reply reply = node.get("/eureka/apps/");
    assertThat(reply.header("content-type")).isEqualTo("application/xml; charset=utf-8");
    Document xml = StrictEureka.xml(reply.bytes());
    assertThat(xml.getElementsByTagName("instanceId").item(0).getTextContent()).isEqualTo("1");
    assertThat(xml.getElementsByTagName("apps__hashcode").item(0).getTextContent())
        .isEqualTo("UP_1_");
  }

  @Test
  void theListIsCompressedForThoseThatTakeIt() throws Exception {
    for (int i = 0; i < 20; i++) {
      register("ORDERS", "i" + i);
    }
    Reply gzip = node.get("/eureka/apps/", JSON, "Accept-Encoding: gzip");
    assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
    assertThat(gzip.header("vary")).contains("accept", "accept-encoding");
    try (var in =
        new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(gzip.bytes()))) {
      assertThat(in.readAllBytes()).isEqualTo(node.get("/eureka/apps/", JSON).bytes());
    }
  }

  // Renewals.

  @ParameterizedTest
  @CsvSource({"'', 1", "'{}', 1", "'', 1000", "'{}', x"})
  void aRenewalHasNoBodyAndNeitherDoesItsReplyForAnUnknownId(String sent, String dirty) {
    String target = "/eureka/apps/ORDERS/1?status=DOWN&lastDirtyTimestamp=" + dirty;
    isEmpty(node.send("PUT", target, sent, "Content-Type: application/json"), 404);
    register("ORDERS", "1");
    String before = node.document("/orders/1");
    isEmpty(node.send("PUT", target, sent, "Content-Type: application/json"), 200);
    assertThat(node.document("/orders/1")).isEqualTo(before);
  }

  @Test
  void aRenewalOfAnInstanceThatHasChangedSinceGets404() {
    register("ORDERS", "1");
    isEmpty(node.send("PUT", "/eureka/apps/ORDERS/1?lastDirtyTimestamp=1001", ""), 404);
    isEmpty(node.send("PUT", "/eureka/apps/ORDERS/1?lastDirtyTimestamp=999", ""), 200);
  }

  @Test
  void aRenewalKeepsTheTtl() {
    register("ORDERS", "1");
    isEmpty(node.send("PUT", "/eureka/apps/ORDERS/1", ""), 200);
    assertThat(node.expiresIn("/orders/1")).isBetween(50L, 60L);
  }

  @Test
  void aCancelledInstanceIsGoneAndMayBeCancelledAgain() {
    register("ORDERS", "1");
    isEmpty(node.send("DELETE", "/eureka/apps/ORDERS/1", ""), 200);
    isEmpty(node.send("DELETE", "/eureka/apps/ORDERS/1", ""), 200);
    assertThat(apps()).isEmpty();
    isEmpty(node.send("PUT", "/eureka/apps/ORDERS/1", ""), 404);
  }

  // Overrides.

  private String status(String app, String id) {
    return apps().get(app).get(id).getString("status");
  }

  @Test
  void anOverrideSurvivesRenewalsAndTheNextRegistration() {
    register("ORDERS", "1");
    String target = "/eureka/apps/ORDERS/1/status?lastDirtyTimestamp=1000&value=";
    isEmpty(node.send("PUT", target + "OUT_OF_SERVICE", ""), 200);
    assertThat(status("ORDERS", "1")).isEqualTo("OUT_OF_SERVICE");
    isEmpty(node.send("PUT", "/eureka/apps/ORDERS/1?status=UP", ""), 200);
    register("ORDERS", "1");
    assertThat(status("ORDERS", "1")).isEqualTo("OUT_OF_SERVICE");
    assertThat(apps().get("ORDERS").get("1").getString("overriddenStatus"))
        .isEqualTo("OUT_OF_SERVICE");
    isEmpty(node.send("DELETE", "/eureka/apps/ORDERS/1/status", ""), 200);
    assertThat(status("ORDERS", "1")).isEqualTo("UP");
    isEmpty(node.send("PUT", "/eureka/apps/ORDERS/1/status?value=DOWN", ""), 200);
    isEmpty(node.send("DELETE", "/eureka/apps/ORDERS/1/status?value=STARTING", ""), 200);
    assertThat(status("ORDERS", "1")).isEqualTo("STARTING");
    assertThat(node.expiresIn("/orders/1")).isBetween(50L, 60L);
  }

  @Test
  void anOverrideNeedsAnInstanceAndAStatus() {
    isEmpty(node.send("PUT", "/eureka/apps/ORDERS/1/status?value=DOWN", ""), 404);
    isEmpty(node.send("DELETE", "/eureka/apps/ORDERS/1/status", ""), 404);
    register("ORDERS", "1");
    isEmpty(node.send("PUT", "/eureka/apps/ORDERS/1/status?value=BAD", ""), 400);
    isEmpty(node.send("PUT", "/eureka/apps/ORDERS/1/status", ""), 400);
  }

  @Test
  void metadataCanBeAdded() {
    isEmpty(node.send("PUT", "/eureka/apps/ORDERS/1/metadata?k=v", ""), 404);
    register("ORDERS", "1");
    isEmpty(node.send("PUT", "/eureka/apps/ORDERS/1/metadata?k=v+w&wait=1", ""), 200);
    assertThat(apps().get("ORDERS").get("1").getJsonObject("metadata"))
        .isEqualTo(new JsonObject().put("k", "v w").put("wait", "1"));
  }

  // Refusals.

  @Test
  void aBodyWithoutWhatEurekaNeedsGets400AndTheReasonInAHeader() {
    Reply reply = node.send("POST", "/eureka/apps/ORDERS", body("OTHER", "1", ""));
    isEmpty(reply, 400);
    assertThat(reply.header("hera-problem")).isEqualTo("invalid-document");
    assertThat(reply.header("hera-problem-detail")).contains("another app");
    isEmpty(node.send("POST", "/eureka/apps/ORDERS", "{}"), 400);
    isEmpty(node.send("POST", "/eureka/apps/ORDERS", "{"), 400);
    isEmpty(node.send("POST", "/eureka/apps/ORDERS", body("ORDERS", "a/b", "")), 400);
    isEmpty(node.send("POST", "/eureka/apps/_X", body("_X", "1", "")), 400);
    isEmpty(node.send("POST", "/eureka/peerreplication/batch/", "{}"), 404);
    isEmpty(
        node.send("POST", "/eureka/apps/ORDERS", "<instance/>", "Content-Type: application/xml"),
        415);
    isEmpty(node.send("POST", "/eureka/apps/ORDERS", " ".repeat(70_000)), 413);
    assertThat(node.get("/").body()).isEqualTo("{}");
    assertThat(node.get("/_metrics").body()).contains("invalid-document", "/_eureka/{path}");
  }

  @Test
  void anAppInAnotherCaseIsTaken() {
    node.send("POST", "/eureka/apps/ORDERS", body("orders", "1", "")).isDone();
    assertThat(apps().get("ORDERS")).containsOnlyKeys("1");
  }

  @Test
  void aClassFromAClientIsNeverSeenByAnother() {
    node.send(
            "POST",
            "/eureka/apps/ORDERS",
            body("ORDERS", "1", ",\"metadata\":{\"@class\":\"evil.Class\"}")
                .replace("{\"name\":\"MyOwn\"}", "{\"@class\":\"evil.Class\",\"name\":\"MyOwn\"}"))
        .isDone();
    assertThat(apps().get("ORDERS")).containsOnlyKeys("1");
    assertThat(node.get("/eureka/apps/", JSON).body()).doesNotContain("evil");
    assertThat(node.get("/eureka/apps/").body()).doesNotContain("evil");
  }

  @Test
  void documentsThatClientsCouldNotUseAreLeftOutAndCounted() {
    node.register("/orders/1", "{}");
    node.register("/orders/2", "{\"host\":\"h\"}");
    node.register("/orders/3", "{\"host\":\"h\",\"port\":1,\"status\":{},\"eureka\":[]}");
    assertThat(apps().get("ORDERS")).containsOnlyKeys("3");
    assertThat(node.status().getJsonObject("left_out").getJsonObject("eureka"))
        .isEqualTo(new JsonObject().put("no-address", 1).put("no-port", 1));
  }

  @Test
  void servicesThatDifferInCaseAreOneApplication() {
    node.register("/Orders/1", "{\"host\":\"h\",\"port\":1}");
    node.register("/Z/1", "{\"host\":\"h\",\"port\":1}");
    node.register("/orders/2", "{\"host\":\"h\",\"port\":1}");
    assertThat(apps().get("ORDERS")).containsOnlyKeys("1", "2");
    assertThat(node.get("/eureka/apps/ORDERS", JSON).body()).contains("\"1\"", "\"2\"");
  }

  @Test
  void anApplicationOfTwoServicesHasEachIdOnce() {
    node.register("/Orders/1", "{\"host\":\"upper\",\"port\":1}");
    node.register("/orders/1", "{\"host\":\"lower\",\"port\":1}");
    assertThat(apps().get("ORDERS").get("1").getString("hostName")).isEqualTo("lower");
    assertThat(node.status().getJsonObject("left_out").getJsonObject("eureka"))
        .isEqualTo(new JsonObject().put("ambiguous", 1));
  }

  @Test
  void aDrainedInstanceIsOutOfService() {
    register("ORDERS", "1");
    assertThat(node.send("PUT", "/_drain/orders/1?force", "").status()).isLessThan(300);
    Eventually.passes(() -> assertThat(status("ORDERS", "1")).isEqualTo("OUT_OF_SERVICE"));
  }

  // A service named eureka.

  @Test
  void aServiceNamedEurekaWorksAsEver() {
    node.register("/eureka/apps", "{\"host\":\"h\"}");
    assertThat(node.document("/eureka/apps")).isEqualTo("{\"host\":\"h\"}");
    node.register("/eureka/x", "{}");
    assertThat(node.get("/eureka").json().fieldNames()).containsExactlyInAnyOrder("apps", "x");
    node.get("/eureka/v2").isProblem(404, "unknown-instance");
  }

  @Test
  void thePathWithoutItsSlashHintsAtTheOneWithIt() {
    assertThat(node.get("/eureka/apps").isProblem(404, "unknown-instance").getString("hint"))
        .contains("/eureka/v2/apps");
  }

  @Test
  void optionsNamesTheMethods() {
    assertThat(node.send("OPTIONS", "/eureka/apps/", "").header("allow"))
        .isEqualTo("GET, HEAD, POST, PUT, DELETE, OPTIONS");
  }

  @Test
  void aNodeThatIsNotReadySendsItsClientsToTheNextOne() {
    try (ServedNode starting = ServedNode.recovering()) {
      for (String method : Set.of("GET", "PUT", "DELETE")) {
        Reply reply = starting.send(method, "/eureka/apps/ORDERS/1", "");
        isEmpty(reply, 503);
        assertThat(reply.header("retry-after")).isEqualTo("1");
      }
      isEmpty(starting.send("POST", "/eureka/apps/ORDERS", body("ORDERS", "1", "")), 503);
      isEmpty(starting.get("/eureka/apps/"), 503);
    }
  }

  // Lists that are shared.

  @Test
  void aRenewalMakesNoListAnew() {
    register("ORDERS", "1");
    String before = node.get("/eureka/apps/", JSON).body();
    for (int i = 0; i < 5; i++) {
      isEmpty(node.send("PUT", "/eureka/apps/ORDERS/1", ""), 200);
      assertThat(node.get("/eureka/apps/", JSON).body()).isEqualTo(before);
    }
  }

  @Test
  void aLongListIsWholeAndTooLongOnesAreStreamed() {
    String filler = "x".repeat(60_000);
    try (Line line = node.line()) {
      for (int i = 0; i < 160; i++) {
        line.send(
                "PUT",
                "/s" + i % 7 + "/" + i,
                "{\"host\":\"h\",\"port\":1,\"filler\":\"" + filler + "\"}")
            .isDone();
      }
    }
    for (int round = 0; round < 2; round++) {
      Map<String, Map<String, JsonObject>> all = apps();
      assertThat(all).hasSize(7);
      assertThat(all.values().stream().mapToInt(Map::size).sum()).isEqualTo(160);
    }
    StrictEureka.xml(node.get("/eureka/apps/").bytes());
    assertThat(apps("/eureka/vips/s1")).containsOnlyKeys("S1");
  }

  /** What Eureka's clients do with a delta: add it to what they have, and fetch all if the hashes differ. */
  @Test
  void aClientThatAppliesDeltasEndsWithTheListOfTheNode() {
    Random random = new Random(7);
    Map<String, JsonObject> held = new TreeMap<>();
    for (int round = 0; round < 100; round++) {
      for (int i = random.nextInt(4); i > 0; i--) {
        String id = Integer.toString(random.nextInt(6));
        if (random.nextBoolean()) {
          register("APP" + random.nextInt(2), id);
        } else {
          node.send("DELETE", "/eureka/apps/APP" + random.nextInt(2) + "/" + id, "");
        }
      }
      Map<String, JsonObject> delta = flat(apps("/eureka/apps/delta"));
      held.putAll(delta);
      if (!hash(held).equals(hash(delta))) {
        held = flat(apps());
      }
      assertThat(held).isEqualTo(flat(apps()));
      assertThat(held.keySet()).isEqualTo(exported());
    }
  }

  private static Map<String, JsonObject> flat(Map<String, Map<String, JsonObject>> apps) {
    Map<String, JsonObject> flat = new TreeMap<>();
    apps.forEach((app, all) -> all.forEach((id, one) -> flat.put(app + "/" + id, one)));
    return flat;
  }

  private static Map<String, Long> hash(Map<String, JsonObject> held) {
    return held.values().stream()
        .collect(Collectors.groupingBy(one -> one.getString("status"), Collectors.counting()));
  }

  private Set<String> exported() {
    Set<String> keys = new TreeSet<>();
    node.get("/_export")
        .json()
        .forEach(service -> ((JsonObject) service.getValue())
            .fieldNames()
            .forEach(
                id -> keys.add(service.getKey().toUpperCase(java.util.Locale.ROOT) + "/" + id)));
    return keys;
  }
}
