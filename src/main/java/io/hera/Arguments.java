package io.hera;

import io.hera.config.ConfigLoader;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A command line, understood. Hera's own options come first; those of Vert.x's launcher are handed on to it as they are.
 *
 * @param settings what the own options say, under the keys of {@link ConfigLoader}
 * @param launcher the arguments that are the launcher's
 * @param wish what is wanted
 */
record Arguments(JsonObject settings, List<String> launcher, Wish wish) {
  /** What to do. */
  enum Wish {
    RUN,
    HELP,
    VERSION
  }

  static final String USAGE = """
      usage: hera [-c FILE] [-n NAME] [-p PORT]
             hera doctor [-h] -c FILE | HOST:PORT ...
      A service registry node. Without a file it runs alone, on 127.0.0.1:8080.

        -c, --config FILE  settings, as YAML; conf/hera.yml documents them all
        -n, --name NAME    this node's name, one of those in the file's cluster (HERA_NAME)
        -p, --port PORT    port to listen on, instead of the one in the cluster (HERA_PORT)
        -h, --help         this text
            --version      the version

      For Vert.x's launcher: --conf JSON|FILE (the same settings), --options JSON|FILE,
      --deployment-options JSON|FILE, --cluster, --cluster-host, --cluster-port,
      --cluster-public-host, --cluster-public-port, and a verticle's name.
      Exit codes: 0 stopped, 1 failed, 2 wrong option or configuration, or port in use.
      """;

  private static final Map<String, String> OWN = Map.of(
      "-c", ConfigLoader.CONFIG_FILE,
      "--config", ConfigLoader.CONFIG_FILE,
      "-n", "name",
      "--name", "name",
      "-p", "port",
      "--port", "port");
  private static final Set<String> LAUNCHER_FLAGS = Set.of("cluster");
  private static final Set<String> LAUNCHER_VALUES = Set.of(
      "conf",
      "options",
      "vertx-options",
      "deployment-options",
      "cluster-host",
      "cluster-port",
      "cluster-public-host",
      "cluster-public-port");

  /** Whether the launcher was given settings. */
  boolean hasConf() {
    return launcher.stream().anyMatch(argument -> argument.matches("--?conf(=.*)?"));
  }

  /**
   * Understands {@code arguments}.
   *
   * @throws IllegalArgumentException with a message of one line when there is an option that nobody knows, or one without
   *     its value
   */
  static Arguments parse(String... arguments) {
    Deque<String> left = new ArrayDeque<>(Arrays.asList(arguments));
    if (!left.isEmpty() && left.getFirst().equals("run")) {
      left.removeFirst();
    }
    Arguments parsed = new Arguments(new JsonObject(), new ArrayList<>(), Wish.RUN);
    while (!left.isEmpty()) {
      parsed = parsed.with(left.removeFirst(), left);
    }
    return parsed;
  }

  private Arguments with(String argument, Deque<String> left) {
    String option =
        argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
    if (argument.equals("-h") || argument.equals("--help")) {
      return new Arguments(settings, launcher, Wish.HELP);
    }
    if (argument.equals("--version")) {
      return new Arguments(settings, launcher, wish == Wish.HELP ? wish : Wish.VERSION);
    }
    if (OWN.containsKey(option)) {
      settings.put(OWN.get(option), value(argument, option, left));
    } else if (argument.startsWith("-")) {
      launcherOption(argument, option, left);
    } else {
      launcher.add(argument);
    }
    return this;
  }

  private void launcherOption(String argument, String option, Deque<String> left) {
    String name = option.replaceFirst("^--?", "");
    if (LAUNCHER_VALUES.contains(name)) {
      launcher.add(option);
      launcher.add(value(argument, option, left));
    } else if (LAUNCHER_FLAGS.contains(name) && option.equals(argument)) {
      launcher.add("--" + name);
    } else {
      throw new IllegalArgumentException("unknown option " + argument + ", see hera -h");
    }
  }

  private static String value(String argument, String option, Deque<String> left) {
    if (!argument.equals(option)) {
      return argument.substring(option.length() + 1);
    }
    if (left.isEmpty()) {
      throw new IllegalArgumentException("option " + option + " needs a value, see hera -h");
    }
    return left.removeFirst();
  }
}
