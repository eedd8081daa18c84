package io.hera.config;

import static io.hera.config.ConfigTexts.faults;
import static io.hera.config.ConfigTexts.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hera.config.source.Fault;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Configurations from texts. */
final class ConfigTexts {
  static final String TWO = """
      cluster:
        test-1: {host: 127.0.0.1, port: 8080}
        test-2: {host: 127.0.0.1, port: 8081}
      """;

  private ConfigTexts() {}

  /** Returns the configuration of the file f.yml with this text. */
  static Config load(String text) {
    return load(text, new JsonObject(), Map.of());
  }

  static Config load(String text, JsonObject options, Map<String, String> environment) {
    return new ConfigLoader(options, environment)
        .config("f.yml", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the lines of the faults in the file f.yml with this text. */
  static List<String> faults(String text) {
    return faults(text, new JsonObject(), Map.of());
  }

  static List<String> faults(String text, JsonObject options, Map<String, String> environment) {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> load(text, options, environment));
    assertThat(refused).as("refused").isNotNull();
    return refused.faults().stream().map(Fault::toString).toList();
  }
}
