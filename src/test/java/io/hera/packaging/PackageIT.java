package io.hera.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hera.packaging.ScratchSystem.Run;
import io.hera.testkit.HeraProcess;
import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Debian package, installed, used, upgraded, removed and purged by dpkg, in a {@link ScratchSystem}: this machine stays as
 * it is. Nodes are started by hand with the line of the unit, because systemd does not run there.
 */
@Timeout(300)
class PackageIT {
  private static final Path PACKAGE = Path.of(System.getProperty("hera.deb", "target/none.deb"));

  /** systemd's own search path. */
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final String UNIT = "/usr/lib/systemd/system/hera.service";
  private static final String HIGHER = """
      set -e
      dpkg-deb -R /run/hera_*_all.deb /run/higher
      sed -i 's/^Version: .*/&+higher/' /run/higher/DEBIAN/control
      dpkg-deb -Znone -b /run/higher /run/higher.deb
      """;

  private final int port = Ports.free();

  @TempDir
  private Path folder;

  private ScratchSystem system;

  @BeforeEach
  void scratch() throws IOException, InterruptedException {
    assumeTrue(Files.isRegularFile(Path.of("/etc/debian_version")), "this is not a Debian");
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "not root");
    assertThat(PACKAGE).isRegularFile();
    try {
      system = ScratchSystem.with(PACKAGE.toAbsolutePath(), folder);
    } catch (IOException impossible) {
      assumeTrue(false, "no scratch system: " + impossible.getMessage());
    }
    assumeTrue(
        system.run("! dpkg -s hera && ! id hera && [ ! -e /etc/hera ]").exitCode() == 0,
        "hera is installed here");
  }

  @AfterEach
  void close() throws IOException {
    if (system != null) {
      system.close();
    }
  }

  private String succeeds(String line) throws IOException, InterruptedException {
    Run run = system.run(line);
    assertThat(run.exitCode()).as(line + "\n" + run.out()).isZero();
    return run.out();
  }

  private void fails(String line) throws IOException, InterruptedException {
    assertThat(system.run(line).exitCode()).as(line).isNotZero();
  }

  /** Java may be another one than those of Debian. */
  private void install() throws IOException, InterruptedException {
    succeeds("dpkg -i --force-depends /run/hera_*_all.deb");
  }

  /** The operator's changes: another port, less memory, and a compiler for short lives. */
  private void configure() throws IOException, InterruptedException {
    succeeds("sed -i 's/^# port: 8080/port: " + port + "/' /etc/hera/hera.yml");
    succeeds("echo 'HERA_JAVA_OPTS=\"-Xmx256m -XX:TieredStopAtLevel=1\"' >>/etc/default/hera");
  }

  /** Starts what systemd would start: the unit's line with its variables as its user. */
  private HeraProcess startUnit() throws IOException, InterruptedException {
    UnitFile unit = UnitFile.of(succeeds("cat " + UNIT));
    Map<String, String> environment = new TreeMap<>(Map.of("PATH", PATH));
    String file = unit.value("EnvironmentFile").replaceFirst("^-", "");
    succeeds("cat " + file)
        .lines()
        .filter(line -> line.matches("[A-Z_]+=.*"))
        .forEach(line -> environment.put(
            line.substring(0, line.indexOf('=')),
            line.substring(line.indexOf('=') + 1).replace("\"", "")));
    return system
        .start(unit.value("User"), environment, unit.value("ExecStart"))
        .awaitOk(port, "/_health/ready");
  }

  @Test
  void theUnitStartsANodeThatKeepsItsInstancesAcrossAStopAndAnUpgrade() throws Exception {
    install();
    configure();
    try (HeraProcess node = startUnit()) {
      assertThat(Http.put(port, "/s/1", "{\"n\":1}")).isEqualTo(204);
      assertThat(node.stop()).isZero();
    }
    assertThat(succeeds("stat -c '%U:%G %a' /var/lib/hera /var/lib/hera/*.snapshot"))
        .isEqualTo("hera:hera 700\nhera:hera 600\n");
    succeeds(HIGHER + "dpkg -i --force-depends /run/higher.deb");
    assertThat(succeeds("dpkg-query -W hera")).contains("+higher");
    assertThat(succeeds("grep ^port: /etc/hera/hera.yml")).isEqualTo("port: " + port + "\n");
    try (HeraProcess node = startUnit()) {
      assertThat(Http.get(port, "/s")).isEqualTo("{\"1\":{\"n\":1}}");
      assertThat(node.stop()).isZero();
    }
  }

  @Test
  void aNodeRunsOnWhileItsPackageIsUpgradedAndRemoved() throws Exception {
    install();
    configure();
    try (HeraProcess node = startUnit()) {
      succeeds(HIGHER + "dpkg -i --force-depends /run/higher.deb && dpkg -r hera");
      assertThat(Http.put(port, "/s/1", "{\"n\":1}")).isEqualTo(204);
      assertThat(Http.get(port, "/_metrics")).contains("hera_ready 1.0");
      assertThat(node.stop()).isZero();
    }
  }

  @Test
  void anUpgradeSaysThatTheSettingsAreRefusedAndSucceeds() throws Exception {
    install();
    configure();
    succeeds("echo 'livenes: 5' >>/etc/hera/hera.yml");

    String said = succeeds(HIGHER + "dpkg -i --force-depends /run/higher.deb");

    assertThat(said)
        .contains("/etc/hera/hera.yml:", "did you mean liveness?")
        .contains("hera: this version does not start with /etc/hera/hera.yml");
    assertThat(succeeds("dpkg-query -W -f '${db:Status-Status}' hera")).isEqualTo("installed");
  }

  @Test
  void anUpgradeOfANodeWithGoodSettingsIsSilentAboutThem() throws Exception {
    install();
    succeeds("printf 'cluster: {b: {host: 10.0.0.2, port: 1}}\\n' >/etc/hera/hera.yml");
    succeeds("echo HERA_NAME=b >>/etc/default/hera");
    assertThat(succeeds(HIGHER + "dpkg -i --force-depends /run/higher.deb"))
        .doesNotContain("does not start");
  }

  @Test
  void aRemovedPackageKeepsSettingsAndDataAndAPurgedOneLeavesNothing() throws Exception {
    String before = everything();
    install();
    configure();
    succeeds("echo secret >/etc/hera/peer.token && touch /var/lib/hera/a.snapshot");
    succeeds("dpkg -r hera");
    fails("command -v hera");
    succeeds("cd /var/lib/hera && ls a.snapshot /etc/hera/hera.yml /etc/default/hera && id hera");
    succeeds("dpkg -i --force-depends /run/hera_*_all.deb && dpkg -P hera");
    fails("id hera || getent group hera");
    assertThat(everything()).isEqualTo(before);
  }

  /** All files but those that any installation touches: dpkg's own, caches, and backups of the lists of users. */
  private String everything() throws IOException, InterruptedException {
    return succeeds("find / -xdev \\( -path /tmp -o -path /var/tmp -o -path /var/lib/dpkg"
        + " -o -path /var/cache -o -path /var/log -o -path /work \\) -prune -o -print"
        + " | grep -v '^/etc/\\(passwd\\|group\\|shadow\\|gshadow\\|subuid\\|subgid\\)-$' | sort");
  }

  @Test
  void everyUserCanCheckSettingsAndAskNodes() throws Exception {
    install();
    configure();
    Map<String, String> environment = Map.of("PATH", PATH);
    for (String command : List.of("--version", "token app", "check -c /etc/hera/hera.yml")) {
      try (HeraProcess hera = system.start("daemon", environment, "hera " + command)) {
        assertThat(hera.exitCode()).as(command + hera.err()).isZero();
        assertThat(hera.out()).isNotEmpty();
      }
    }
    try (HeraProcess node = startUnit();
        HeraProcess doctor = system.start("daemon", environment, "hera doctor localhost:" + port)) {
      assertThat(doctor.exitCode()).as(doctor.out()).isZero();
      assertThat(node.stop()).isZero();
    }
  }

  @Test
  void systemdAcceptsTheUnitAndFindsItsProgram() throws Exception {
    install();
    assumeTrue(
        system.run("command -v systemd-analyze").exitCode() == 0, "systemd-analyze is missing");
    assertThat(succeeds("systemd-analyze verify " + UNIT)).isEmpty();
    assertThat(succeeds("systemctl is-enabled hera.service")).isEqualTo("enabled\n");
  }

  @Test
  void thePackageDependsOnAJavaThatIsNewEnoughAndItsFilesAreRootsAndOfOneTime() throws Exception {
    String control = succeeds("dpkg-deb -f /run/hera_*_all.deb");
    assertThat(control)
        .contains("default-jre-headless (>= 2:1.17) | java17-runtime-headless")
        .contains("Architecture: all");
    List<String> files = succeeds("dpkg-deb -c /run/hera_*_all.deb").lines().toList();
    assertThat(files)
        .hasSizeGreaterThan(10)
        .allMatch(line -> line.contains(" root/root ") && line.contains(" 2026-01-01 00:00 "));
    Run installed = system.run("dpkg -i /run/hera_*_all.deb");
    assumeTrue(
        !installed.out().contains("java17-runtime-headless"), "Java is not of a package here");
    assertThat(installed.exitCode()).as(installed.out()).isZero();
    assertThat(succeeds("cd / && dpkg -V hera")).isEmpty();
    assertThat(succeeds("dpkg-query -W -f '${Conffiles}' hera"))
        .contains("/etc/hera/hera.yml", "/etc/default/hera");
  }
}
