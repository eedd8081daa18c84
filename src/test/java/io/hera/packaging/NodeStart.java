package io.hera.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.cli.Hera;
import io.hera.cli.Launch;
import io.hera.cli.shell.Surroundings;
import io.hera.config.Config;
import io.hera.config.ConfigLoader;
import io.hera.testkit.Console;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a unit or a container starts a node; the node's own command line and table of settings read it.
 *
 * @param path of the configuration, which the arguments have to name
 * @param text of the configuration
 */
record NodeStart(
    List<String> arguments, Map<String, String> environment, String path, String text) {

  /** Returns the configuration with which the node would run; an unknown option or key fails. */
  Config config() {
    ConfigLoader loader = new ConfigLoader(launch(arguments).settings(), environment);
    assertThat(loader.file()).contains(path);
    Config config = loader.config(path, text.getBytes(StandardCharsets.UTF_8));
    assertThat(loader.warnings()).isEmpty();
    return config;
  }

  /** Returns how the node would be launched by these arguments. */
  static Launch launch(List<String> arguments) {
    List<Launch> launched = new ArrayList<>();
    StringWriter err = new StringWriter();
    Surroundings surroundings =
        Console.surroundings(InputStream.nullInputStream(), new StringWriter(), err);
    int code = Hera.execute(
        "test",
        launch -> {
          launched.add(launch);
          return 0;
        },
        surroundings,
        arguments.toArray(String[]::new));
    assertThat(code).as(err.toString()).isZero();
    assertThat(launched).hasSize(1);
    return launched.get(0);
  }
}
