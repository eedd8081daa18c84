package io.hera.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.Main;
import io.hera.config.Config;
import io.hera.config.ConfigException;
import io.hera.config.source.NodeAddress;
import io.hera.testkit.ServedNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The options, keys, ports, paths and times of {@code conf/kubernetes.yml} are those of the node. No cluster runs here, so no
 * test applies the file.
 */
class KubernetesTest {
  private static final String NAME = "HERA_NAME";

  private Map<String, JsonObject> documents;
  private JsonObject set;
  private JsonObject pod;
  private JsonObject container;

  @BeforeEach
  void read() throws IOException {
    documents = Yaml.documents(Path.of("conf/kubernetes.yml")).stream()
        .collect(Collectors.toMap(KubernetesTest::key, Function.identity()));
    set = spec("StatefulSet/hera");
    pod = set.getJsonObject("template").getJsonObject("spec");
    container = Yaml.named(pod, "containers", "hera");
  }

  private static String key(JsonObject document) {
    return document.getString("kind") + "/" + document.getJsonObject("metadata").getString("name");
  }

  private JsonObject spec(String key) {
    return documents.get(key).getJsonObject("spec");
  }

  private List<String> podNames() {
    return IntStream.range(0, set.getInteger("replicas"))
        .mapToObj(i -> "hera-" + i)
        .toList();
  }

  private int port() {
    return Yaml.named(container, "ports", "http").getInteger("containerPort");
  }

  private String mountPath(String volume) {
    return Yaml.named(container, "volumeMounts", volume).getString("mountPath");
  }

  private NodeStart start(Map<String, String> environment) {
    JsonObject data = documents.get("ConfigMap/hera").getJsonObject("data");
    assertThat(data.fieldNames()).containsExactly("hera.yml");
    return new NodeStart(
        Yaml.texts(container, "args"),
        environment,
        mountPath("config") + "/hera.yml",
        data.getString("hera.yml"));
  }

  @Test
  void theFileHasTheNodesTwoServicesAndABudgetForDisruptions() {
    assertThat(documents.keySet())
        .containsExactlyInAnyOrder(
            "ConfigMap/hera",
            "Service/hera-peers",
            "Service/hera",
            "PodDisruptionBudget/hera",
            "StatefulSet/hera");
  }

  @Test
  void eachPodIsANodeOfTheClusterAtItsPortWithItsDataOnItsVolume() {
    for (String name : podNames()) {
      Config config = start(Map.of(NAME, name)).config();
      assertThat(config.name()).isEqualTo(name);
      assertThat(config.port()).isEqualTo(port());
      assertThat(config.host()).isEqualTo("0.0.0.0");
      assertThat(config.disk().data()).isEqualTo(mountPath("data"));
      assertThat(config.clusterName()).isNotEmpty();
    }
  }

  @Test
  void thePeersOfANodeAreThePodsByTheirNamesInTheServiceForPeers() {
    String service = set.getString("serviceName");
    JsonObject port = Yaml.named(spec("Service/" + service), "ports", "http");
    Map<String, NodeAddress> expected = podNames().stream()
        .collect(Collectors.toMap(
            Function.identity(),
            name -> new NodeAddress(name + "." + service, port.getInteger("port"))));

    assertThat(start(Map.of(NAME, "hera-0")).config().cluster()).isEqualTo(expected);
  }

  @Test
  void theOnlyVariableIsTheNameOfThePodWhichTheNodeNeeds() {
    assertThat(container.getJsonArray("env")).hasSize(1);
    assertThat(Yaml.named(container, "env", NAME).getJsonObject("valueFrom").encode())
        .isEqualTo("{\"fieldRef\":{\"fieldPath\":\"metadata.name\"}}");
    assertThat(pod.getBoolean("enableServiceLinks")).isFalse();
    assertThatThrownBy(() -> start(Map.of()).config()).isInstanceOf(ConfigException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"startupProbe", "livenessProbe", "readinessProbe"})
  void aProbeAsksTheNodesPortForAPathThatTheNodeAnswers(String probe) {
    JsonObject get = container.getJsonObject(probe).getJsonObject("httpGet");
    assertThat(get.getString("port")).isEqualTo("http");
    assertThat(get.getString("path"))
        .isEqualTo(probe.startsWith("readiness") ? "/_health/ready" : "/_health/live");
    try (ServedNode node = ServedNode.ready()) {
      assertThat(node.paths()).contains(get.getString("path"));
      assertThat(node.get(get.getString("path")).status()).isEqualTo(200);
    }
  }

  @Test
  void theServiceForPeersNamesNodesThatAreNotReadyAndTheOneForClientsDoesNot() {
    JsonObject peers = spec("Service/hera-peers");
    assertThat(peers.getString("clusterIP")).isEqualTo("None");
    assertThat(peers.getBoolean("publishNotReadyAddresses")).isTrue();
    JsonObject clients = spec("Service/hera");
    assertThat(clients.containsKey("clusterIP")).isFalse();
    assertThat(clients.containsKey("publishNotReadyAddresses")).isFalse();
    for (JsonObject service : List.of(peers, clients)) {
      assertThat(Yaml.named(service, "ports", "http").getString("targetPort")).isEqualTo("http");
    }
  }

  @Test
  void everySelectorIsThatOfThePods() {
    JsonObject labels =
        set.getJsonObject("template").getJsonObject("metadata").getJsonObject("labels");
    assertThat(labels.isEmpty()).isFalse();
    assertThat(spec("Service/hera").getJsonObject("selector")).isEqualTo(labels);
    assertThat(spec("Service/hera-peers").getJsonObject("selector")).isEqualTo(labels);
    assertThat(matched(set)).isEqualTo(labels);
    assertThat(matched(spec("PodDisruptionBudget/hera"))).isEqualTo(labels);
  }

  private static JsonObject matched(JsonObject spec) {
    return spec.getJsonObject("selector").getJsonObject("matchLabels");
  }

  @Test
  void aDrainOfMachinesLeavesAllNodesButOne() {
    assertThat(spec("PodDisruptionBudget/hera").getInteger("minAvailable"))
        .isEqualTo(set.getInteger("replicas") - 1);
  }

  @Test
  void aPodHasTheTimeInWhichItsNodeStops() {
    List<String> pause = Yaml.texts(
        container.getJsonObject("lifecycle").getJsonObject("preStop").getJsonObject("exec"),
        "command");
    assertThat(pause).hasSize(2).startsWith("sleep");
    assertThat(Duration.ofSeconds(pod.getInteger("terminationGracePeriodSeconds")))
        .isGreaterThan(
            Duration.ofMillis(Main.STOP_MILLIS_MAX).plusSeconds(Integer.parseInt(pause.get(1))));
  }

  @Test
  void everyMountHasAVolumeAndEachPodItsOwnClaim() {
    List<String> volumes = Yaml.list(pod, "volumes").stream()
        .map(volume -> volume.getString("name"))
        .toList();
    List<String> claims = Yaml.list(set, "volumeClaimTemplates").stream()
        .map(claim -> claim.getJsonObject("metadata").getString("name"))
        .toList();
    assertThat(claims).containsExactly("data");
    assertThat(Yaml.list(container, "volumeMounts"))
        .extracting(mount -> mount.getString("name"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(volumes.stream(), claims.stream()).toList());
    assertThat(Yaml.named(pod, "volumes", "config").getJsonObject("configMap").getString("name"))
        .isEqualTo("hera");
    assertThat(mountPath("tmp")).isEqualTo("/tmp");
  }

  @Test
  void thePodHasTheUserAndTheMemoryOfTheImage() {
    JsonObject user = pod.getJsonObject("securityContext");
    assertThat(user.getInteger("runAsUser") + ":" + user.getInteger("runAsGroup"))
        .isEqualTo(Image.line("USER"));
    assertThat(user.getInteger("fsGroup")).isEqualTo(user.getInteger("runAsGroup"));
    String memory =
        container.getJsonObject("resources").getJsonObject("limits").getString("memory");
    assertThat(memory).endsWith("Mi");
    assertThat(Image.heap(Long.parseLong(memory.replace("Mi", "")))).isEqualTo(1536);
  }
}
