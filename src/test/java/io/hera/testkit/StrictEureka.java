package io.hera.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;

/** A reader of Eureka's JSON that fails on what the strictest client fails on: an unknown member, constant, class or type. */
public final class StrictEureka {
  private static final Set<String> REQUIRED = Set.of(
      "instanceId",
      "hostName",
      "app",
      "ipAddr",
      "status",
      "overriddenStatus",
      "port",
      "securePort",
      "countryId",
      "dataCenterInfo",
      "leaseInfo",
      "metadata",
      "vipAddress",
      "secureVipAddress",
      "isCoordinatingDiscoveryServer",
      "lastUpdatedTimestamp",
      "lastDirtyTimestamp",
      "actionType");
  private static final Set<String> OPTIONAL = Set.of(
      "appGroupName",
      "homePageUrl",
      "statusPageUrl",
      "healthCheckUrl",
      "secureHealthCheckUrl",
      "asgName",
      "sid");
  private static final Set<String> STATUSES =
      Set.of("UP", "DOWN", "STARTING", "OUT_OF_SERVICE", "UNKNOWN");
  private static final Set<String> TEXTS = Stream.concat(
          REQUIRED.stream()
              .filter(name ->
                  !Set.of("port", "securePort", "countryId", "dataCenterInfo").contains(name))
              .filter(name -> !Set.of("leaseInfo", "metadata").contains(name)),
          OPTIONAL.stream())
      .collect(Collectors.toSet());
  private static final Map<String, String> CLASSES = Map.of(
      "MyOwn", "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo",
      "Netflix", "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo",
      "Amazon", "com.netflix.appinfo.AmazonInfo");

  private StrictEureka() {}

  /** Returns app → id → instance of a list of all applications; checks the hash of their states. */
  public static Map<String, Map<String, JsonObject>> applications(String json) {
    JsonObject list = new JsonObject(json);
    assertThat(list.fieldNames()).containsExactly("applications");
    JsonObject applications = list.getJsonObject("applications");
    assertThat(applications.fieldNames())
        .containsExactlyInAnyOrder("application", "versions__delta", "apps__hashcode");
    assertThat(applications.getValue("versions__delta")).isEqualTo("1");
    Map<String, Map<String, JsonObject>> found = new TreeMap<>();
    Map<String, Integer> states = new TreeMap<>();
    for (Object application : applications.getJsonArray("application")) {
      Map<String, JsonObject> instances = application((JsonObject) application);
      String name = ((JsonObject) application).getString("name");
      assertThat(found.put(name, instances)).as("twice: " + name).isNull();
      instances.values().forEach(one -> states.merge(one.getString("status"), 1, Integer::sum));
    }
    String hash = states.entrySet().stream()
        .map(state -> state.getKey() + "_" + state.getValue() + "_")
        .collect(Collectors.joining());
    assertThat(applications.getValue("apps__hashcode")).isEqualTo(hash);
    return found;
  }

  /** Returns id → instance of an application. */
  public static Map<String, JsonObject> application(JsonObject application) {
    assertThat(application.fieldNames()).containsExactlyInAnyOrder("name", "instance");
    JsonArray instances = application.getJsonArray("instance");
    assertThat(instances).isNotEmpty();
    Map<String, JsonObject> found = new TreeMap<>();
    for (Object instance : instances) {
      JsonObject one = instance((JsonObject) instance);
      assertThat(one.getString("app")).isEqualTo(application.getString("name"));
      found.put(one.getString("instanceId"), one);
    }
    return found;
  }

  /** Returns an instance that it has checked. */
  public static JsonObject instance(JsonObject one) {
    assertThat(one.fieldNames()).containsAll(REQUIRED);
    assertThat(Stream.concat(REQUIRED.stream(), OPTIONAL.stream()).toList())
        .containsAll(one.fieldNames());
    one.fieldNames().stream()
        .filter(TEXTS::contains)
        .forEach(name -> assertThat(one.getValue(name)).as(name).isInstanceOf(String.class));
    assertThat(STATUSES).contains(one.getString("status"), one.getString("overriddenStatus"));
    assertThat(one.getValue("countryId")).isEqualTo(1);
    assertThat(one.getString("actionType")).isEqualTo("ADDED");
    assertThat(Long.parseLong(one.getString("lastDirtyTimestamp"))).isNotNegative();
    port(one.getJsonObject("port"));
    port(one.getJsonObject("securePort"));
    lease(one.getJsonObject("leaseInfo"));
    dataCenter(one.getJsonObject("dataCenterInfo"));
    texts(one.getJsonObject("metadata"));
    return one;
  }

  private static void port(JsonObject port) {
    assertThat(port.fieldNames()).containsExactlyInAnyOrder("$", "@enabled");
    assertThat((Integer) port.getValue("$")).isBetween(0, 65_535);
    assertThat(port.getValue("@enabled")).isIn("true", "false");
  }

  private static void lease(JsonObject lease) {
    assertThat(lease.fieldNames())
        .containsExactlyInAnyOrder(
            "renewalIntervalInSecs",
            "durationInSecs",
            "registrationTimestamp",
            "lastRenewalTimestamp",
            "evictionTimestamp",
            "serviceUpTimestamp");
    lease.forEach(time -> assertThat(time.getValue()).isInstanceOf(Integer.class));
  }

  private static void dataCenter(JsonObject dataCenter) {
    String name = dataCenter.getString("name");
    assertThat(CLASSES).containsEntry(name, dataCenter.getString("@class"));
    assertThat(dataCenter.containsKey("metadata")).isEqualTo(name.equals("Amazon"));
    assertThat(dataCenter.size()).isEqualTo(name.equals("Amazon") ? 3 : 2);
    texts(dataCenter.getJsonObject("metadata", new JsonObject()));
  }

  private static void texts(JsonObject texts) {
    texts.forEach(text -> {
      assertThat(text.getKey()).isNotEmpty().doesNotStartWith("@");
      assertThat(text.getValue()).as(text.getKey()).isInstanceOf(String.class);
    });
  }

  /** Returns XML that is well formed. */
  public static Document xml(byte[] text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text));
    } catch (Exception flaw) {
      throw new AssertionError(flaw);
    }
  }
}
