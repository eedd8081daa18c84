package io.hera.cli;

import io.hera.cli.shell.Surroundings;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hera demo}: runs a cluster to try things on. */
@Command(
    name = "demo",
    synopsisHeading = "usage: ",
    customSynopsis = "hera demo [-h] [-p PORT]",
    description = {
      "Runs three nodes on this machine, with services that come, go and fail, and prints what to try. Ctrl-C ends it.",
      "Only this machine reaches them, and nothing is kept."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:stopped", "1:failed", "2:wrong option"})
final class DemoCommand implements Callable<Integer> {
  private static final String VERTICLE = "io.hera.DemoVerticle";
  private static final String LOG_LEVEL = "HERA_LOG_LEVEL";
  private static final int PORT_MAX = 65_535;

  private final Launcher launcher;
  private final Surroundings around;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "the nodes take free ports from this one on; 8080 if it is not given")
  private int port = 8_080;

  DemoCommand(Launcher launcher, Surroundings around) {
    this.launcher = launcher;
    this.around = around;
  }

  /** Three logs at once would hide the advice. */
  @Override
  public Integer call() {
    if (port < 1 || port > PORT_MAX) {
      throw new IllegalArgumentException("port: " + port + " is not in 1..65535");
    }
    if (around.environment().getOrDefault(LOG_LEVEL, "").isEmpty()) {
      System.setProperty(LOG_LEVEL, "ERROR");
    }
    return launcher.launch(new Launch(new JsonObject().put("port", port), List.of(VERTICLE)));
  }
}
