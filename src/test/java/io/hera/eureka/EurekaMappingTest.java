package io.hera.eureka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.eureka.EurekaInstance.DataCenter;
import io.hera.eureka.EurekaInstance.DataCenterName;
import io.hera.eureka.EurekaInstance.Lease;
import io.hera.eureka.EurekaInstance.Port;
import io.hera.json.Documents;
import io.hera.json.Malformed;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The mapping between instances of Eureka and documents, and the two formats. */
class EurekaMappingTest {
  private static final List<String> TEXTS = List.of(
      "", "a", "UP", "h1", "10.1.1.1", "ä€😀", "\u0001", "<&\"'>]]>", "\ufffe", "null", "\\");
  private static final int ROUNDS = 20_000;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static EurekaInstance plain(String document) {
    return EurekaMapping.ofDocument("orders", "i1", bytes(document)).orElseThrow();
  }

  private static EurekaInstance body(String members) throws Malformed {
    return EurekaMapping.ofBody(
        bytes("{\"instance\":{\"app\":\"Orders\",\"hostName\":\"h1\",\"ipAddr\":\"10.1.1.1\","
            + "\"dataCenterInfo\":{\"name\":\"MyOwn\"}" + members + "}}"),
        "ORDERS");
  }

  @Test
  void aDocumentFromElsewhereHasItsServiceAsVipAddressAndItsHostAsName() {
    JsonObject instance =
        StrictForms.json(plain("{\"host\":\"10.1.1.1\",\"port\":8080,\"zone\":\"ams\"}"));
    assertThat(instance.getString("vipAddress")).isEqualTo("orders");
    assertThat(instance.getString("secureVipAddress")).isEqualTo("orders");
    assertThat(instance.getString("hostName")).isEqualTo("10.1.1.1");
    assertThat(instance.getString("ipAddr")).isEqualTo("10.1.1.1");
    assertThat(instance.getString("app")).isEqualTo("ORDERS");
    assertThat(instance.getString("status")).isEqualTo("UP");
    assertThat(instance.getJsonObject("port"))
        .isEqualTo(new JsonObject().put("$", 8080).put("@enabled", "true"));
    assertThat(instance.getJsonObject("metadata")).isEqualTo(new JsonObject().put("zone", "ams"));
  }

  @Test
  void aDocumentWithTlsHasASecurePort() {
    EurekaInstance instance = plain("{\"address\":\"h:8443\",\"scheme\":\"https\"}");
    assertThat(instance.securePort()).isEqualTo(new Port(8443, true));
    assertThat(instance.port()).isEqualTo(new Port(8443, false));
  }

  @Test
  void scalarsWithoutAPlaceAreMetadataAndMetadataOfTheDocumentGoFirst() {
    EurekaInstance instance =
        plain("{\"host\":\"h\",\"port\":1,\"scheme\":\"http\",\"status\":\"ok\","
            + "\"version\":1.20,\"up\":true,\"no\":null,\"tags\":[\"a\"],\"k\":\"outer\","
            + "\"metadata\":{\"k\":\"inner\",\"@class\":\"evil.Class\",\"\":\"x\",\"o\":{}}}");
    assertThat(instance.metadata())
        .isEqualTo(Map.of("version", "1.20", "up", "true", "k", "inner"));
  }

  @ParameterizedTest
  @CsvSource({
    "up, UP",
    "ok, UP",
    "'', UP",
    "DOWN, DOWN",
    "critical, DOWN",
    "drain, OUT_OF_SERVICE",
    "Draining, OUT_OF_SERVICE",
    "maintenance, OUT_OF_SERVICE",
    "out_of_service, OUT_OF_SERVICE",
    "starting, STARTING",
    "unknown, UNKNOWN"
  })
  void theStatusOfADocumentIsOneThatClientsKnow(String word, EurekaStatus status) {
    assertThat(plain("{\"host\":\"h\",\"port\":1,\"status\":\"" + word + "\"}").status())
        .isEqualTo(status);
  }

  @Test
  void anInstanceThatClientsCouldNotUseIsLeftOut() {
    for (String document : List.of("{}", "{\"host\":\"10.1\",\"port\":1}", "{\"port\":1}")) {
      assertThat(EurekaMapping.ofDocument("s", "1", bytes(document))).isEmpty();
      assertThat(EurekaMapping.lack(bytes(document))).contains(EurekaMapping.Reason.NO_ADDRESS);
    }
    for (String host : List.of("true", "1e5", "7", "null", "[]")) {
      assertThat(EurekaMapping.lack(bytes("{\"host\":%s,\"port\":1}".formatted(host))))
          .contains(EurekaMapping.Reason.NO_ADDRESS);
    }
    assertThat(EurekaMapping.lack(bytes("{\"host\":\"h\",\"port\":70000}")))
        .contains(EurekaMapping.Reason.NO_PORT);
    assertThat(EurekaMapping.lack(bytes("{\"host\":\"h\",\"port\":\"80\"}"))).isEmpty();
  }

  @Test
  void aBodyBecomesADocumentThatCurlCanUse() throws Malformed {
    EurekaInstance sent =
        body(",\"port\":{\"$\":\"8080\",\"@enabled\":true},\"status\":\"STARTING\","
            + "\"metadata\":{\"zone\":\"ams\",\"n\":1}");
    JsonObject document =
        new JsonObject(new String(EurekaMapping.document(sent), StandardCharsets.UTF_8));
    assertThat(document.getString("host")).isEqualTo("10.1.1.1");
    assertThat(document.getInteger("port")).isEqualTo(8080);
    assertThat(document.getString("scheme")).isEqualTo("http");
    assertThat(document.getString("status")).isEqualTo("starting");
    assertThat(document.getString("zone")).isEqualTo("ams");
    assertThat(document.getJsonObject("metadata"))
        .isEqualTo(new JsonObject().put("zone", "ams").put("n", "1"));
  }

  @Test
  void theSecurePortCountsIfItIsEnabled() throws Malformed {
    EurekaInstance sent = body(
        ",\"port\":{\"$\":80,\"@enabled\":\"true\"},\"securePort\":{\"$\":443,\"@enabled\":\"true\"}");
    assertThat(new String(EurekaMapping.document(sent), StandardCharsets.UTF_8))
        .startsWith("{\"host\":\"10.1.1.1\",\"port\":443,\"scheme\":\"https\"");
  }

  @Test
  void theIdIsTheOneSentElseThatOfAmazonElseTheHostName() throws Malformed {
    assertThat(body("").id()).isEqualTo("h1");
    assertThat(body(",\"instanceId\":\"h1:Orders:8080\"").id()).isEqualTo("h1:Orders:8080");
    byte[] amazon = bytes("{\"instance\":{\"app\":\"A\",\"hostName\":\"h\",\"ipAddr\":\"1.2.3.4\","
        + "\"dataCenterInfo\":{\"name\":\"Amazon\",\"@class\":\"evil.Class\","
        + "\"metadata\":{\"instance-id\":\"i-5\",\"@x\":\"y\"}}}}");
    EurekaInstance machine = EurekaMapping.ofBody(amazon, "a");
    assertThat(machine.id()).isEqualTo("i-5");
    assertThat(machine.dataCenter())
        .isEqualTo(new DataCenter(DataCenterName.AMAZON, Map.of("instance-id", "i-5")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"instance\":[]}",
        "{\"instance\":{\"app\":\"O\",\"hostName\":\"h\",\"ipAddr\":\"1.2.3.4\"}}",
        "{\"instance\":{\"app\":\"O\",\"hostName\":\"h\",\"dataCenterInfo\":{\"name\":\"MyOwn\"}}}",
        "{\"instance\":{\"app\":\"O\",\"ipAddr\":\"1.2.3.4\",\"dataCenterInfo\":{\"name\":\"MyOwn\"}}}",
        "{\"instance\":{\"app\":\"P\",\"hostName\":\"h\",\"ipAddr\":\"1.2.3.4\",\"dataCenterInfo\":{\"name\":\"MyOwn\"}}}",
        "{\"instance\":{\"app\":\"O\",\"hostName\":\"h\",\"ipAddr\":\"1.2.3.4\",\"dataCenterInfo\":{\"name\":\"MyOwn\"},\"port\":{\"$\":70000}}}"
      })
  void aBodyThatLacksWhatEurekaNeedsIsRefused(String body) {
    assertThatThrownBy(() -> EurekaMapping.ofBody(bytes(body), "o")).isInstanceOf(Malformed.class);
  }

  @Test
  void anOverrideHidesTheOwnStatusUntilItEndsUnlessTheInstanceIsDown() throws Malformed {
    byte[] up = EurekaMapping.document(body(",\"port\":{\"$\":1}"));
    EurekaInstance before = EurekaMapping.ofDocument("orders", "h1", up).orElseThrow();
    byte[] overridden =
        EurekaMapping.withStatus(up, before.overridden(EurekaStatus.OUT_OF_SERVICE));
    EurekaInstance now = EurekaMapping.ofDocument("orders", "h1", overridden).orElseThrow();
    assertThat(now.status()).isEqualTo(EurekaStatus.OUT_OF_SERVICE);
    assertThat(now.override()).isEqualTo(EurekaStatus.OUT_OF_SERVICE);
    assertThat(now.ownStatus()).isEqualTo(EurekaStatus.UP);
    byte[] released = EurekaMapping.withStatus(overridden, now.released(now.ownStatus()));
    assertThat(EurekaMapping.ofDocument("orders", "h1", released)).contains(before);
    assertThat(body(",\"status\":\"DOWN\"").overridden(EurekaStatus.UP).status())
        .isEqualTo(EurekaStatus.DOWN);
  }

  @Test
  void aChangeOfStatusOrMetadataKeepsEverythingElseOfAPlainDocument() {
    byte[] document = bytes("{\"host\":\"h\",\"port\":1,\"nested\":{\"a\":[1, 2]},\"eureka\":7}");
    EurekaInstance out =
        EurekaMapping.ofDocument("s", "1", document).orElseThrow().overridden(EurekaStatus.DOWN);
    JsonObject changed = new JsonObject(new String(
        EurekaMapping.withMetadata(
            EurekaMapping.withStatus(document, out), Map.of("zone", "fra", "k", "v")),
        StandardCharsets.UTF_8));
    assertThat(changed.getJsonObject("nested")).isEqualTo(new JsonObject("{\"a\":[1,2]}"));
    assertThat(changed.getString("status")).isEqualTo("down");
    assertThat(changed.getString("zone")).isEqualTo("fra");
    assertThat(changed.getJsonObject("metadata"))
        .isEqualTo(new JsonObject().put("zone", "fra").put("k", "v"));
  }

  @Test
  void anInstanceComesBackFromItsDocumentAsItWas() throws Malformed {
    Random random = new Random(5);
    for (int i = 0; i < ROUNDS; i++) {
      EurekaInstance instance = randomInstance(random);
      byte[] document = EurekaMapping.document(instance);
      Documents.check(document, 1 << 20, 8);
      assertThat(EurekaMapping.ofDocument("orders", instance.id(), document)).contains(instance);
      JsonObject sent = new JsonObject().put("instance", StrictForms.json(instance));
      EurekaInstance read = EurekaMapping.ofBody(bytes(sent.encode()), "orders");
      if (instance.override() == EurekaStatus.UNKNOWN) {
        assertThat(read).isEqualTo(instance);
      }
    }
  }

  private static EurekaInstance randomInstance(Random random) {
    EurekaStatus own = any(random, List.of(EurekaStatus.values()));
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      metadata.put(any(random, List.of("zone", "a b", "x", "<")), some(random));
    }
    Map<String, String> texts =
        random.nextBoolean() ? Map.of("homePageUrl", some(random)) : Map.of();
    DataCenterName name = any(random, List.of(DataCenterName.values()));
    return new EurekaInstance(
            "ORDERS",
            some(random),
            some(random),
            any(random, List.of("10.1.1.1", "::1", "name")),
            own,
            EurekaStatus.UNKNOWN,
            own,
            new Port(random.nextInt(65_536), random.nextBoolean()),
            new Port(random.nextInt(65_536), random.nextBoolean()),
            some(random),
            some(random),
            new DataCenter(name, name == DataCenterName.AMAZON ? metadata : Map.of()),
            new Lease(1 + random.nextInt(100), 1 + random.nextInt(1_000)),
            metadata,
            texts,
            random.nextLong() >>> 1)
        .overridden(any(random, List.of(EurekaStatus.UNKNOWN, EurekaStatus.OUT_OF_SERVICE)));
  }

  private static <T> T any(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Returns a text that is not empty: an empty one is as none. */
  private static String some(Random random) {
    return any(random, TEXTS.subList(1, TEXTS.size()));
  }

  @Test
  void noDocumentPoisonsAClient() throws Malformed {
    Random random = new Random(6);
    int shown = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] document = bytes(randomDocument(random).encode());
      Documents.check(document, 1 << 20, 20);
      Optional<EurekaInstance> instance =
          EurekaMapping.ofDocument(any(random, TEXTS), "1", document);
      if (instance.isPresent()) {
        shown++;
        StrictForms.json(instance.get());
        StrictForms.xml(instance.get());
      } else {
        assertThat(EurekaMapping.lack(document)).isPresent();
      }
      Documents.check(
          EurekaMapping.withMetadata(document, Map.of("k", any(random, TEXTS))), 1 << 20, 20);
    }
    assertThat(shown).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
  }

  /** Members with the right names and any values, at the top level and below it. */
  private static JsonObject randomDocument(Random random) {
    JsonObject document = randomObject(random, 0);
    if (random.nextBoolean()) {
      document.put("host", "10.1.1.1").put("port", 80);
    }
    if (random.nextBoolean()) {
      document.put("eureka", randomObject(random, 1));
    }
    return document;
  }

  private static JsonObject randomObject(Random random, int depth) {
    JsonObject object = new JsonObject();
    for (int i = random.nextInt(8); i > 0; i--) {
      object.put(
          any(
              random,
              List.of(
                  "status",
                  "overriddenStatus",
                  "port",
                  "securePort",
                  "dataCenterInfo",
                  "leaseInfo",
                  "metadata",
                  "hostName",
                  "ipAddr",
                  "vipAddress",
                  "@class",
                  "name",
                  "$",
                  "@enabled",
                  "durationInSecs",
                  "renewalIntervalInSecs",
                  "lastDirtyTimestamp",
                  "homePageUrl",
                  "sid",
                  "zone",
                  "a b",
                  "",
                  "xml",
                  "appGroupName")),
          randomValue(random, depth));
    }
    return object;
  }

  private static Object randomValue(Random random, int depth) {
    return switch (random.nextInt(depth < 3 ? 8 : 6)) {
      case 0 -> random.nextInt(-70_000, 70_000);
      case 1 -> random.nextDouble();
      case 2 -> any(random, List.of("Amazon", "Netflix", "MyOwn", "evil.Class", "true", "1e400"));
      case 3 -> random.nextBoolean();
      case 4 -> random.nextLong();
      case 5 -> any(random, TEXTS);
      case 6 -> new io.vertx.core.json.JsonArray().add(randomValue(random, depth + 1));
      default -> randomObject(random, depth + 1);
    };
  }

  @ParameterizedTest
  @CsvSource({"255, 1", "256, 0", "1001, 0"})
  void xmlHasNoMetadataWithANameThatAParserMayRefuse(int length, int shown) throws Malformed {
    EurekaInstance instance = body(",\"metadata\":{\"%s\":\"x\"}".formatted("n".repeat(length)));
    Document xml = StrictForms.xml(instance);
    Element metadata = (Element) xml.getElementsByTagName("metadata").item(0);
    assertThat(metadata.getChildNodes().getLength()).isEqualTo(shown);
    assertThat(instance.metadata()).hasSize(1);
  }

  @Test
  void xmlHasOnlyMetadataThatItCanHave() throws Malformed {
    EurekaInstance instance = body(
        ",\"metadata\":{\"a b\":\"x\",\"n\":1,\"o\":{},\"z\":null,\"c\":\"\\u0001\",\"l\":\"a\\nb\"}");
    assertThat(instance.metadata())
        .isEqualTo(Map.of("a b", "x", "n", "1", "c", "\u0001", "l", "a\nb"));
    Document xml = StrictForms.xml(instance);
    Element metadata = (Element) xml.getElementsByTagName("metadata").item(0);
    assertThat(metadata.getChildNodes().getLength()).isEqualTo(2);
    assertThat(metadata.getElementsByTagName("n").item(0).getTextContent()).isEqualTo("1");
    assertThat(metadata.getElementsByTagName("l").item(0).getTextContent()).isEqualTo("a\nb");
  }
}
