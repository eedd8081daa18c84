package io.hera;

import io.hera.Setting.Section;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts together a {@link Config} from everywhere settings come from, weakest first: defaults, the file, the environment
 * ({@code HERA_NAME}, {@code HERA_PORT}), and the options of the command line or of the application that deploys a node.
 *
 * @param options settings under the file's own keys, nested or dotted; {@code config-file} names the file
 * @param environment all variables; only Hera's are looked at
 */
record ConfigLoader(JsonObject options, Map<String, String> environment) {
  /** The file named by the options, if there is one. A name that is no text is a fault that {@link #config} reports. */
  Optional<String> file() {
    return options.getValue(ConfigKeys.CONFIG_FILE) instanceof String file && !file.isEmpty()
        ? Optional.of(file)
        : Optional.empty();
  }

  /**
   * The configuration, without a file.
   *
   * @throws ConfigException with every fault
   */
  Config config() {
    List<Fault> faults = new ArrayList<>();
    return config(Map.of(), faults);
  }

  /**
   * The configuration with the file whose name and bytes these are.
   *
   * @throws ConfigException with every fault in any of the sources
   */
  Config config(String file, byte[] content) {
    List<Fault> faults = new ArrayList<>();
    Section section = YamlText.read(file, content, faults);
    return config(ConfigKeys.flat(section, faults), faults);
  }

  /**
   * Makes sure that {@code file} can be read, and in one piece; blocks.
   *
   * @throws ConfigException when it is not there, no file at all, or larger than 1 MiB
   */
  static void check(String file) {
    try {
      Path path = Path.of(file);
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw unreadable(file, attributes.isDirectory() ? "is a directory" : "is no regular file");
      }
      if (attributes.size() > YamlText.BYTES_MAX) {
        throw unreadable(file, "is larger than 1 MiB");
      }
      if (!Files.isReadable(path)) {
        throw unreadable(file, "may not be read by this user");
      }
    } catch (NoSuchFileException e) {
      throw unreadable(file, "does not exist");
    } catch (IOException | InvalidPathException e) {
      throw unreadable(file, "cannot be read: " + e.getMessage());
    }
  }

  /** For a file that cannot be read at all. */
  static ConfigException unreadable(String file, String rule) {
    return new ConfigException(List.of(new Fault(file, 0, "", "", rule)));
  }

  private Config config(Map<String, Setting> fromFile, List<Fault> faults) {
    Map<String, Setting> settings = new LinkedHashMap<>(fromFile);
    settings.putAll(ConfigKeys.flat(OptionSettings.of(environment), faults));
    JsonObject own = options.copy();
    own.remove(ConfigKeys.CONFIG_FILE);
    if (options.containsKey(ConfigKeys.CONFIG_FILE) && file().isEmpty()) {
      faults.add(new Fault("options", 0, ConfigKeys.CONFIG_FILE, "", "is no file name"));
    }
    settings.putAll(ConfigKeys.flat(OptionSettings.of(own), faults));
    return ConfigReader.read(settings, faults);
  }
}
