package io.hera.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads {@link HeraSettings} from the variables {@code HERA_…}. */
final class Environment {
  private static final String LOCAL = "http://127.0.0.1:8080";

  private Environment() {}

  static HeraSettings settings(Map<String, String> variables) {
    HeraSettings settings = HeraSettings.of(get(variables, "HERA_NODES").orElse(LOCAL));
    settings = get(variables, "HERA_ZONE").map(settings::withZone).orElse(settings);
    settings = get(variables, "HERA_ADVERTISE").map(settings::withAdvertise).orElse(settings);
    PemFiles files = new PemFiles(
        get(variables, "HERA_CA"), get(variables, "HERA_CERT"), get(variables, "HERA_KEY"));
    settings = files.context().map(settings::withTls).orElse(settings);
    return token(variables).map(settings::withToken).orElse(settings);
  }

  private static Optional<Supplier<String>> token(Map<String, String> variables) {
    Optional<String> token = get(variables, "HERA_TOKEN");
    Optional<String> file = get(variables, "HERA_TOKEN_FILE");
    if (token.isPresent() && file.isPresent()) {
      throw new IllegalArgumentException("HERA_TOKEN: HERA_TOKEN_FILE is set, too");
    }
    return token
        .<Supplier<String>>map(text -> () -> text)
        .or(() -> file.map(name -> () -> read(Path.of(name))));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> get(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }
}
