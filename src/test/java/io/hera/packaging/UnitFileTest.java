package io.hera.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.Main;
import io.hera.cli.Hera;
import io.hera.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The unit, the variables and the settings of the package fit the node and one another. */
class UnitFileTest {
  private static final Path ROOT = Path.of("src/deb/root");
  private static final String SETTINGS = "/etc/hera/hera.yml";

  private final UnitFile unit = UnitFile.of(Path.of("conf/hera.service"));

  private static String text(String path) throws IOException {
    return Files.readString(ROOT.resolve(path.substring(1)));
  }

  private Config config(Map<String, String> environment) throws IOException {
    List<String> words = List.of(unit.value("ExecStart").split(" ", -1));
    assertThat(words.get(0)).isEqualTo("/usr/bin/hera");
    assertThat(ROOT.resolve("usr/bin/hera")).isExecutable();
    return new NodeStart(words.subList(1, words.size()), environment, SETTINGS, text(SETTINGS))
        .config();
  }

  @Test
  void theUnitStartsANodeThatKeepsItsSnapshotInTheDirectoryOfTheUnit() throws IOException {
    Config config = config(Map.of());
    assertThat(config.disk().data()).isEqualTo("/var/lib/" + unit.value("StateDirectory"));
    assertThat(unit.value("StateDirectoryMode")).isEqualTo("0700");
    assertThat(config.host()).isEqualTo("localhost");
    assertThat(config.port()).isEqualTo(8080);
  }

  @Test
  void theVariablesAreThoseOfTheNodeAndOfItsCommand() throws IOException {
    String file = unit.value("EnvironmentFile").replaceFirst("^-", "");
    List<String> lines =
        text(file).lines().filter(line -> line.startsWith("#HERA_")).toList();
    assertThat(text(file).lines()).allMatch(line -> line.startsWith("#") || line.isEmpty());
    assertThat(lines)
        .extracting(line -> line.substring(1, line.indexOf('=')))
        .containsExactly("HERA_NAME", "HERA_JAVA_OPTS", "HERA_LOG_LEVEL");
    assertThat(config(Map.of("HERA_NAME", "a")).name()).isEqualTo("a");
    assertThat(text("/usr/bin/hera")).contains("${HERA_JAVA_OPTS:-}");
  }

  @Test
  void systemdWaitsUntilANodeHasStoppedAndAllowsItsConnections() throws IOException {
    assertThat(Duration.ofSeconds(Long.parseLong(unit.value("TimeoutStopSec"))))
        .isGreaterThan(Duration.ofMillis(Main.STOP_MILLIS_MAX));
    assertThat(Integer.parseInt(unit.value("LimitNOFILE")))
        .isGreaterThan(config(Map.of()).limits().connections());
  }

  @Test
  void aNodeThatFailsIsStartedAgainUnlessItsSettingsAreWrong() {
    assertThat(unit.value("Restart")).isEqualTo("on-failure");
    assertThat(unit.value("RestartPreventExitStatus")).isEqualTo("" + Hera.WRONG);
  }

  @Test
  void aNodeStartsAfterTheNetworkAndAfterTheClockIsRight() {
    assertThat(Arrays.asList(String.join(" ", unit.values("After")).split(" ", -1)))
        .contains("network-online.target", "time-sync.target");
    assertThat(unit.value("Wants")).isEqualTo("network-online.target");
  }

  @Test
  void theNodeHasAUserWithoutPrivilegesAndWritesToItsDirectoryAlone() {
    assertThat(unit.value("User")).isEqualTo("hera");
    assertThat(unit.values("DynamicUser")).isEmpty();
    assertThat(unit.value("NoNewPrivileges")).isEqualTo("yes");
    assertThat(unit.value("ProtectSystem")).isEqualTo("strict");
    assertThat(unit.value("AmbientCapabilities")).isEmpty();
    assertThat(unit.value("CapabilityBoundingSet")).isEmpty();
    assertThat(unit.values("ReadWritePaths")).isEmpty();
  }
}
