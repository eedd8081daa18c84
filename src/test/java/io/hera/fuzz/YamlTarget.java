package io.hera.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.hera.config.Config;
import io.hera.config.ConfigException;
import io.hera.config.ConfigLoader;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Fuzz target: configuration files, with the values of SnakeYAML as an oracle. */
public final class YamlTarget {
  /** Large, because each unknown key is compared with all known keys, to name the nearest. */
  private static final int PER_BYTE = 32 << 10;

  /** A number such as 010, which YAML 1.1 reads as eight, and people and Hera read as ten. */
  private static final Pattern OCTAL = Pattern.compile("[\\s:,\\[{]0[0-9]");

  private static final int FAULT_LENGTH_MAX = 1_000;

  private YamlTarget() {}

  public static boolean accepts(byte[] input) {
    ConfigLoader loader = new ConfigLoader(new JsonObject(), Map.of());
    try {
      Config config =
          Allocation.bounded(input.length, PER_BYTE, () -> loader.config("hera.yml", input));
      if (!OCTAL.matcher(new String(input, UTF_8)).find()) {
        agrees(config, input);
      }
      return true;
    } catch (ConfigException declared) {
      assertThat(declared.faults())
          .isNotEmpty()
          .allSatisfy(fault -> assertThat(fault.toString())
              .startsWith("hera.yml")
              .hasSizeLessThan(FAULT_LENGTH_MAX)
              .matches("[^\\p{Cntrl}\\p{Cs}\\u2028\\u2029\\u202A-\\u202E]+"));
      return false;
    }
  }

  private static void agrees(Config config, byte[] input) {
    Map<String, Object> settings = flat(input);
    read(settings, "name").ifPresent(name -> assertThat(name).isEqualTo(config.name()));
    read(settings, "host")
        .ifPresent(
            host -> assertThat(host.toString().replaceAll("^\\[|]$", "")).isEqualTo(config.host()));
    number(settings, "port", config.port());
    number(settings, "limits.services", config.limits().services());
    number(settings, "limits.document-depth", config.limits().documentDepth());
    number(settings, "limits.batch-bytes", config.limits().batchBytes());
    number(settings, "limits.document-bytes", config.limits().documentBytes());
    span(settings, "liveness", config.liveness());
    span(settings, "gossip-interval", config.gossip().interval());
    span(settings, "ttl.min", config.ttl().min());
    span(settings, "ttl.max", config.ttl().max());
    read(settings, "cluster").ifPresent(cluster -> cluster((Map<?, ?>) cluster, config));
    read(settings, "volatile-keys")
        .ifPresent(keys -> assertThat(new HashSet<Object>((List<?>) keys))
            .isEqualTo(new HashSet<Object>(config.volatileKeys())));
  }

  private static void cluster(Map<?, ?> cluster, Config config) {
    assertThat(cluster).hasSameSizeAs(config.cluster());
    config.cluster().forEach((name, address) -> {
      Map<?, ?> node = (Map<?, ?>) cluster.get(name);
      assertThat(node.get("host").toString().replaceAll("^\\[|]$", "")).isEqualTo(address.host());
      assertThat(node.get("port")).isEqualTo(address.port());
    });
  }

  /** Returns the values of the file by full key. */
  private static Map<String, Object> flat(byte[] input) {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    Map<String, Object> flat = new HashMap<>();
    Map<?, ?> read = yaml.load(new String(input, UTF_8));
    read.forEach((key, value) -> {
      if (key.equals("ttl") || key.equals("limits")) {
        Map<?, ?> section = value == null ? Map.of() : (Map<?, ?>) value; // an empty one is null
        section.forEach((name, inner) -> flat.put(key + "." + name, inner));
      } else {
        flat.put(key.toString(), value);
      }
    });
    return flat;
  }

  private static Optional<Object> read(Map<String, Object> settings, String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /** Compares a number; a value with a unit is text for YAML, and is skipped. */
  private static void number(Map<String, Object> settings, String key, int taken) {
    read(settings, key)
        .filter(Number.class::isInstance)
        .ifPresent(number -> assertThat(number).as(key).isEqualTo(taken));
  }

  private static void span(Map<String, Object> settings, String key, Duration taken) {
    read(settings, key)
        .filter(Number.class::isInstance)
        .ifPresent(number -> assertThat(new BigDecimal(number.toString()).doubleValue())
            .as(key)
            .isCloseTo(taken.toMillis() / 1_000.0, offset(0.001)));
  }
}
