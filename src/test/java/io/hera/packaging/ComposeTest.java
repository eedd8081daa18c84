package io.hera.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.Main;
import io.hera.config.Config;
import io.hera.config.ConfigException;
import io.hera.config.source.NodeAddress;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The options, keys, ports and times of {@code conf/compose.yml} are those of the node. No engine runs here, so no test starts
 * the containers.
 */
class ComposeTest {
  private static final Path FILE = Path.of("conf/compose.yml");
  private static final String NAME = "HERA_NAME";

  private JsonObject file;
  private Map<String, JsonObject> services;

  @BeforeEach
  void read() throws IOException {
    file = Yaml.documents(FILE).get(0);
    JsonObject all = file.getJsonObject("services");
    services = all.fieldNames().stream()
        .collect(Collectors.toMap(Function.identity(), all::getJsonObject));
    assertThat(services).hasSize(3);
  }

  private NodeStart start(JsonObject service, Map<String, String> environment) {
    List<JsonObject> configs = Yaml.list(service, "configs");
    assertThat(configs).hasSize(1);
    JsonObject config = configs.get(0);
    return new NodeStart(
        Yaml.texts(service, "command"),
        environment,
        config.getString("target"),
        file.getJsonObject("configs")
            .getJsonObject(config.getString("source"))
            .getString("content"));
  }

  private Config config(String service) {
    JsonObject environment = services.get(service).getJsonObject("environment");
    assertThat(environment.fieldNames()).containsExactly(NAME);
    return start(services.get(service), Map.of(NAME, environment.getString(NAME)))
        .config();
  }

  @Test
  void eachServiceIsTheNodeOfTheClusterThatHasItsName() {
    Map<String, NodeAddress> cluster = services.keySet().stream()
        .collect(Collectors.toMap(Function.identity(), name -> new NodeAddress(name, 8080)));
    services.keySet().forEach(name -> {
      Config config = config(name);
      assertThat(config.name()).isEqualTo(name);
      assertThat(config.cluster()).isEqualTo(cluster);
      assertThat(config.host()).isEqualTo("0.0.0.0");
    });
  }

  @Test
  void aNodeNeedsItsVariable() {
    assertThatThrownBy(() -> start(services.get("hera-1"), Map.of()).config())
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void eachNodeHasAPortOfItsOwnOnLoopbackAndAVolumeOfItsOwnForItsData() {
    List<String> ports = new ArrayList<>();
    Set<String> volumes = new TreeSet<>();
    services.forEach((name, service) -> {
      Config config = config(name);
      assertThat(Yaml.texts(service, "ports"))
          .singleElement()
          .asString()
          .matches("127\\.0\\.0\\.1:\\d+:" + config.port());
      ports.addAll(Yaml.texts(service, "ports"));
      String volume = Yaml.texts(service, "volumes").get(0);
      assertThat(volume).endsWith(":" + config.disk().data());
      volumes.add(volume.substring(0, volume.indexOf(':')));
    });
    assertThat(ports).doesNotHaveDuplicates();
    assertThat(volumes)
        .hasSize(3)
        .containsExactlyElementsOf(new TreeSet<>(file.getJsonObject("volumes").fieldNames()));
  }

  @Test
  void aContainerHasTheTimeInWhichItsNodeStopsAndTheMemoryOfTheImage() {
    services.values().forEach(service -> {
      String grace = service.getString("stop_grace_period");
      assertThat(grace).matches("\\d+s");
      assertThat(Long.parseLong(grace.replace("s", "")) * 1000).isGreaterThan(Main.STOP_MILLIS_MAX);
      String memory = service.getString("mem_limit");
      assertThat(memory).endsWith("m");
      assertThat(Image.heap(Long.parseLong(memory.replace("m", "")))).isEqualTo(1536);
    });
  }

  @Test
  void theContainersKeepTheHealthCheckOfTheImageThatTheFirstLinesBuild() throws IOException {
    assertThat(Files.readString(FILE)).contains("docker build -f conf/Dockerfile -t hera .");
    services.values().forEach(service -> {
      assertThat(service.getString("image")).isEqualTo("hera");
      assertThat(service.getString("pull_policy")).isEqualTo("never");
      assertThat(service.containsKey("healthcheck")).isFalse();
    });
    assertThat(Image.line("HEALTHCHECK")).contains("/_health/ready");
  }
}
