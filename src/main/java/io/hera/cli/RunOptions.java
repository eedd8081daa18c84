package io.hera.cli;

import io.hera.config.ConfigLoader;
import io.hera.config.DiskSettings;
import io.hera.config.Settings;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options with which a node runs: Hera's own, and those of Vert.x's launcher, which are handed on as they are. */
final class RunOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "settings, as YAML; conf/hera.yml documents them all")
  private Optional<String> config = Optional.empty();

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description = "this node's name, one of those in the file's cluster (HERA_NAME)")
  private Optional<String> name = Optional.empty();

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "port to listen on, instead of the one in the cluster (HERA_PORT)")
  private Optional<String> port = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "directory for the node's snapshot (HERA_DATA)")
  private Optional<String> data = Optional.empty();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "VERTICLE",
      description = "another verticle to deploy, for Vert.x's launcher")
  private Optional<String> verticle = Optional.empty();

  @ArgGroup(validate = false, heading = "%nFor Vert.x's launcher, with one dash or two:%n")
  private ForVertx forVertx = new ForVertx();

  /** Returns the verticle to deploy instead of a node. */
  Optional<String> verticle() {
    return verticle;
  }

  /** Returns what these options say. */
  Launch launch() {
    JsonObject settings = new JsonObject();
    config.ifPresent(value -> settings.put(ConfigLoader.CONFIG_FILE, value));
    name.ifPresent(value -> settings.put(Settings.NAME.key(), value));
    port.ifPresent(value -> settings.put(Settings.PORT.key(), value));
    data.ifPresent(value -> settings.put(DiskSettings.DATA.key(), value));
    List<String> arguments = new ArrayList<>();
    verticle.ifPresent(arguments::add);
    forVertx.addTo(arguments);
    return new Launch(settings, arguments);
  }

  /** The launcher's options. */
  private static final class ForVertx {
    @Option(
        names = {"--conf", "-conf"},
        paramLabel = "JSON|FILE",
        description = "the same settings")
    private Optional<String> conf = Optional.empty();

    @Option(
        names = {"--options", "-options", "--vertx-options", "-vertx-options"},
        paramLabel = "JSON|FILE",
        description = "options of Vert.x")
    private Optional<String> options = Optional.empty();

    @Option(
        names = {"--deployment-options", "-deployment-options"},
        paramLabel = "JSON|FILE",
        description = "options of the deployment")
    private Optional<String> deploymentOptions = Optional.empty();

    @Option(
        names = {"--cluster", "-cluster"},
        description = "join the event-bus cluster (hera-clustered.jar)")
    private boolean cluster;

    @Option(
        names = {"--cluster-host", "-cluster-host"},
        paramLabel = "HOST",
        description = "address of the event bus")
    private Optional<String> clusterHost = Optional.empty();

    @Option(
        names = {"--cluster-port", "-cluster-port"},
        paramLabel = "PORT",
        description = "port of the event bus")
    private Optional<String> clusterPort = Optional.empty();

    @Option(
        names = {"--cluster-public-host", "-cluster-public-host"},
        paramLabel = "HOST",
        description = "address under which others reach it")
    private Optional<String> clusterPublicHost = Optional.empty();

    @Option(
        names = {"--cluster-public-port", "-cluster-public-port"},
        paramLabel = "PORT",
        description = "port under which others reach it")
    private Optional<String> clusterPublicPort = Optional.empty();

    void addTo(List<String> arguments) {
      add(arguments, "--conf", conf);
      add(arguments, "--options", options);
      add(arguments, "--deployment-options", deploymentOptions);
      if (cluster) {
        arguments.add("--cluster");
      }
      add(arguments, "--cluster-host", clusterHost);
      add(arguments, "--cluster-port", clusterPort);
      add(arguments, "--cluster-public-host", clusterPublicHost);
      add(arguments, "--cluster-public-port", clusterPublicPort);
    }

    private static void add(List<String> arguments, String option, Optional<String> value) {
      value.ifPresent(text -> arguments.addAll(List.of(option, text)));
    }
  }
}
