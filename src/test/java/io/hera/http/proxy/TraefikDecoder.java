package io.hera.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Reads a configuration as strictly as Traefik's HTTP provider: as YAML, and with a failure for an unknown field, for an element of the
 * wrong type, and for an empty element other than {@code tls} and the whole.
 */
final class TraefikDecoder {
  private sealed interface Type {}

  /** An object with these fields only. */
  private record Struct(Map<String, Type> fields, Empty empty) implements Type {}

  private record MapOf(Type value) implements Type {}

  private record ListOf(Type element) implements Type {}

  private enum Plain implements Type {
    TEXT,
    INTEGER
  }

  private enum Empty {
    ALLOWED,
    REFUSED
  }

  private static final Type ROUTER = struct(Map.of(
      "rule",
      Plain.TEXT,
      "service",
      Plain.TEXT,
      "entryPoints",
      new ListOf(Plain.TEXT),
      "middlewares",
      new ListOf(Plain.TEXT),
      "priority",
      Plain.INTEGER,
      "tls",
      new Struct(Map.of("options", Plain.TEXT), Empty.ALLOWED)));
  private static final Type SERVER = struct(Map.of("url", Plain.TEXT, "weight", Plain.INTEGER));
  private static final Type SERVICE =
      struct(Map.of("loadBalancer", struct(Map.of("servers", new ListOf(SERVER)))));
  private static final Type ROOT = struct(
      Map.of("http", struct(Map.of("routers", new MapOf(ROUTER), "services", new MapOf(SERVICE)))));

  private TraefikDecoder() {}

  private static Type struct(Map<String, Type> fields) {
    return new Struct(fields, Empty.REFUSED);
  }

  /**
   * What Traefik makes of a configuration.
   *
   * @param rules router → rule
   * @param servers service → address → weight
   */
  record Decoded(Map<String, String> rules, Map<String, Map<String, Integer>> servers) {}

  /** Decodes, or fails with the place that Traefik refuses. */
  static Decoded decode(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(100 << 20);
    Map<String, Object> root = new Yaml(new SafeConstructor(options)).load(text);
    Map<String, String> rules = new TreeMap<>();
    Map<String, Map<String, Integer>> servers = new TreeMap<>();
    if (root.isEmpty()) {
      return new Decoded(rules, servers);
    }
    check(ROOT, root, "");
    Map<String, Map<String, Object>> http = member(root, "http");
    member(http, "services").forEach((key, service) -> {
      Map<String, Object> balancer = member(object(service), "loadBalancer");
      Map<String, Integer> weights = new TreeMap<>();
      for (Object server : (List<?>) balancer.getOrDefault("servers", List.of())) {
        weights.put(String.valueOf(object(server).get("url")), (Integer)
            object(server).getOrDefault("weight", 1));
      }
      servers.put(key, weights);
    });
    if (http.containsKey("routers")) {
      member(http, "routers").forEach((key, router) -> {
        rules.put(key, String.valueOf(object(router).get("rule")));
        assertThat(servers).as(key).containsKey(String.valueOf(object(router).get("service")));
      });
    }
    Set<String> keys = servers.keySet();
    assertThat(keys).allMatch(key -> key.matches("[A-Za-z0-9._-]+"));
    return new Decoded(rules, servers);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static <T> Map<String, T> member(Map<String, ?> object, String name) {
    return (Map<String, T>) object.get(name);
  }

  private static void check(Type type, Object value, String at) {
    if (type instanceof Struct struct) {
      assertThat(value).as(at).isInstanceOf(Map.class);
      assertThat(object(value).isEmpty() && struct.empty == Empty.REFUSED)
          .as(at + " cannot be a standalone element")
          .isFalse();
      object(value).forEach((name, member) -> {
        assertThat(struct.fields).as("field not found, node: " + at).containsKey(name);
        check(struct.fields.get(name), member, at + "." + name);
      });
    } else if (type instanceof MapOf map) {
      assertThat(object(value)).as(at + " cannot be a standalone element").isNotEmpty();
      object(value).forEach((name, member) -> {
        assertThat(name).as(at).isNotEmpty();
        check(map.value, member, at + "." + name);
      });
    } else if (type instanceof ListOf list) {
      assertThat(value).as(at).isInstanceOf(List.class);
      assertThat((List<?>) value).as(at).isNotEmpty();
      ((List<?>) value).forEach(element -> check(list.element, element, at + "[]"));
    } else if (type == Plain.TEXT) {
      assertThat(value).as(at).isInstanceOf(String.class).isNotEqualTo("");
    } else {
      assertThat(value).as(at).isInstanceOf(Integer.class);
    }
  }
}
