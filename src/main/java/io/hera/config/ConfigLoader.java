package io.hera.config;

import io.hera.config.source.ClusterNodes;
import io.hera.config.source.Fault;
import io.hera.config.source.OptionSource;
import io.hera.config.source.RawValue;
import io.hera.config.source.RawValue.Section;
import io.hera.config.source.Sections;
import io.hera.config.source.TlsSetting;
import io.hera.config.source.YamlSource;
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
import java.util.TreeMap;

/**
 * Makes a {@link Config} of all sources of settings. Each source overrides the ones before it: standard values, the file, the
 * environment ({@code HERA_NAME}, {@code HERA_PORT}, {@code HERA_CLUSTER_NAME}, {@code HERA_DATA}), and the options of the command line or of the
 * application that deploys the node.
 *
 * @param options settings under the keys of a file, nested or dotted; {@code config-file} names the file
 * @param environment all variables; only Hera's are read
 */
public record ConfigLoader(JsonObject options, Map<String, String> environment) {
  /** The option that names a file; a file cannot set it. */
  public static final String CONFIG_FILE = "config-file";

  private static final String HOSTNAME = "HOSTNAME";

  private static final Map<String, String> VARIABLES = Map.of(
      Settings.NAME.key(),
      "HERA_NAME",
      Settings.PORT.key(),
      "HERA_PORT",
      DiskSettings.DATA.key(),
      "HERA_DATA",
      Settings.CLUSTER_NAME.key(),
      "HERA_CLUSTER_NAME");
  private static final List<String> KEYS =
      Settings.ALL.stream().map(Setting::key).toList();

  /** Returns the file that the options name. If the name is not text, {@link #config} reports a fault. */
  public Optional<String> file() {
    return options.getValue(CONFIG_FILE) instanceof String file && !file.isEmpty()
        ? Optional.of(file)
        : Optional.empty();
  }

  /** Returns one line for all variables that are ignored because another program has set them; empty if there are none. */
  public List<String> warnings() {
    Map<String, String> foreign = new TreeMap<>();
    VARIABLES
        .values()
        .forEach(variable -> Optional.ofNullable(environment.get(variable))
            .filter(OptionSource::isForeign)
            .ifPresent(value -> foreign.put(variable, value)));
    if (foreign.isEmpty()) {
      return List.of();
    }
    boolean one = foreign.size() == 1;
    return List.of(
        "environment: %s %s ignored: %s %s from Kubernetes or Docker, not from an operator of Hera"
            .formatted(
                String.join(", ", foreign.keySet()),
                one ? "is" : "are",
                String.join(", ", foreign.values()),
                one ? "comes" : "come"));
  }

  /**
   * Returns the configuration without a file.
   *
   * @throws ConfigException with every fault
   */
  public Config config() {
    return config(Map.of(), new ArrayList<>());
  }

  /**
   * Returns the configuration with a file.
   *
   * @throws ConfigException with every fault in any of the sources
   */
  public Config config(String file, byte[] content) {
    List<Fault> faults = new ArrayList<>();
    return config(flat(YamlSource.read(file, content, faults), faults), faults);
  }

  /**
   * How the nodes of a cluster are reached.
   *
   * @param tls from whose files a client knows which certificates to trust
   */
  public record Reach(ClusterNodes nodes, TlsSetting tls) {
    /** Returns {@code host:port} of all nodes that are listed, or of the DNS name of all. */
    public List<String> addresses() {
      return nodes
          .dns()
          .map(at -> List.of(at.toString()))
          .orElseGet(() -> nodes.listed().values().stream()
              .map(node -> tls.reach(node).toString())
              .toList());
    }
  }

  /**
   * Returns how the nodes in a file are reached, which need not say which node this is.
   *
   * @throws ConfigException if it has a fault that concerns that
   */
  public static Reach reach(String file, byte[] content) {
    List<Fault> faults = new ArrayList<>();
    Map<String, RawValue> raw = flat(YamlSource.read(file, content, faults), faults);
    Optional<ClusterNodes> cluster = read(Settings.CLUSTER, raw, faults);
    Optional<TlsSetting> tls = read(Settings.TLS, raw, faults);
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
    return new Reach(
        cluster.orElseGet(() ->
            new ConfigLoader(new JsonObject(), Map.of()).config(file, content).nodes()),
        tls.orElseGet(TlsSetting.Unset::new));
  }

  private static <T> Optional<T> read(
      Setting<T> setting, Map<String, RawValue> raw, List<Fault> faults) {
    return Optional.ofNullable(raw.get(setting.key()))
        .flatMap(value -> setting.type().read(setting.key(), value, faults));
  }

  /**
   * Checks that {@code file} can be read as a whole; blocks.
   *
   * @throws ConfigException if it does not exist, is not a regular file, or is larger than 1 MiB
   */
  public static void check(String file) {
    try {
      Path path = Path.of(file);
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw unreadable(
            file, attributes.isDirectory() ? "is a directory" : "is not a regular file");
      }
      if (attributes.size() > YamlSource.BYTES_MAX) {
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

  /** Returns the fault that {@code file} cannot be read. */
  static ConfigException unreadable(String file, String rule) {
    return new ConfigException(List.of(new Fault(file, 0, "", "", rule)));
  }

  private Config config(Map<String, RawValue> fromFile, List<Fault> faults) {
    Map<String, RawValue> raw = new LinkedHashMap<>(fromFile);
    raw.putAll(flat(OptionSource.of(environment, VARIABLES), faults));
    JsonObject own = options.copy();
    own.remove(CONFIG_FILE);
    if (options.containsKey(CONFIG_FILE) && file().isEmpty()) {
      faults.add(new Fault("options", 0, CONFIG_FILE, "", "is not a file name"));
    }
    raw.putAll(flat(OptionSource.of(own), faults));
    nameFromHost(raw);
    return ConfigReader.read(raw, faults);
  }

  /** The node of a cluster that is found by DNS has the name of its host unless it is given one. */
  private void nameFromHost(Map<String, RawValue> raw) {
    String host = environment.getOrDefault(HOSTNAME, "");
    boolean isFound = raw.get(Settings.CLUSTER.key()) instanceof RawValue.Scalar;
    if (isFound && !host.isEmpty()) {
      raw.putIfAbsent(
          Settings.NAME.key(),
          new RawValue.Scalar(new RawValue.Place(HOSTNAME, 0), host, RawValue.Kind.TEXT));
    }
  }

  private static Map<String, RawValue> flat(Section source, List<Fault> faults) {
    return Sections.flat(source, "", KEYS, faults);
  }
}
