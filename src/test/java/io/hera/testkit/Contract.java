package io.hera.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The check of answers against {@code /_openapi.yaml}: the operation is described, and may answer
 * with this status, these headers and this body.
 */
public final class Contract {
  private static final JsonObject DOCUMENT = load();

  /** Statuses that any request may get before its target is known. */
  private static final Set<Integer> ANYWHERE = Set.of(400, 401, 403, 414, 421, 431, 505);

  /** Paths of operations that name a service, or an instance. */
  private static final String NAMED = "/_(cluster|drain|entries)/.*";

  /** Operations with the statuses of their answers, such as {@code "PUT /{service}/{id} 204"}. */
  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

  private static final Map<JsonObject, Validator> VALIDATORS = new ConcurrentHashMap<>();

  private Contract() {}

  /** Returns the document, with references resolved. */
  public static JsonObject document() {
    return DOCUMENT;
  }

  /** Returns the operations and statuses that the tests of this process have seen. */
  public static Set<String> seen() {
    return Set.copyOf(SEEN);
  }

  /** Checks that the document allows this answer. */
  public static void check(String method, String target, Reply reply) {
    String path = template(target.replaceFirst("(?i)^https?://[^/?]*", ""), reply);
    JsonObject operation = DOCUMENT
        .getJsonObject("paths")
        .getJsonObject(path, new JsonObject())
        .getJsonObject(method.toLowerCase(Locale.ROOT));
    String answer = method + " " + path + " " + reply.status();
    SEEN.add(answer);
    if (operation == null) {
      assertThat(reply.status()).as(answer).isIn(400, 401, 403, 404, 405, 414, 421, 431, 505, 204);
      if (path.startsWith("/_eureka")) {
        assertThat(reply.bytes()).as(answer).isEmpty();
      } else if (reply.status() != 204 && !method.equals("HEAD")) {
        check(answer, problem(), reply);
      }
      return;
    }
    JsonObject declared =
        operation.getJsonObject("responses").getJsonObject(Integer.toString(reply.status()));
    if (declared == null) {
      assertThat(reply.status()).as(answer + " is not declared").isIn(ANYWHERE);
      declared = problem();
    }
    checkHeaders(answer, declared, reply);
    if (!method.equals("HEAD")) {
      check(answer, declared, reply);
    }
  }

  private static JsonObject problem() {
    return DOCUMENT.getJsonObject("components").getJsonObject("responses").getJsonObject("Problem");
  }

  /**
   * Returns the path of the operation: a reserved path is its own, others name a service or
   * instance.
   */
  private static String template(String target, Reply reply) {
    String path = target.replaceFirst("\\?.*", "");
    if (path.matches("/_events/[^/]+")) {
      return "/_events/{n}";
    }
    if (path.startsWith("/_ui")) {
      return "/_ui/{file}";
    }
    if (path.startsWith("/_eureka") || path.matches("/eureka/[^/]*/.*")) {
      return "/_eureka/{path}";
    }
    if (path.equals("/") || path.startsWith("/_")) {
      return reply.status() == 404 && !path.matches(NAMED) ? path : operations(path);
    }
    return path.indexOf('/', 1) < 0 ? "/{service}" : "/{service}/{id}";
  }

  /** Normalises a reserved path as the router does. */
  private static String operations(String path) {
    try {
      String plain = URI.create(path).normalize().getPath().replaceFirst("(?<=.)/$", "");
      return plain.matches(NAMED)
          ? plain
              .replaceFirst("^(/_[a-z]+)/[^/]+", "$1/{service}")
              .replaceFirst("(?<=service})/[^/]+$", "/{id}")
          : plain.startsWith("/_") ? plain : path;
    } catch (IllegalArgumentException noUri) {
      return path;
    }
  }

  private static void checkHeaders(String answer, JsonObject declared, Reply reply) {
    boolean stream = reply.header("content-type").equals("text/event-stream");
    declared.getJsonObject("headers", new JsonObject()).forEach(header -> {
      JsonObject described = (JsonObject) header.getValue();
      String value = reply.header(header.getKey().toLowerCase(Locale.ROOT));
      boolean mayBeAbsent = !described.getBoolean("required", true);
      if (!stream && !(mayBeAbsent && value.isEmpty())) {
        valid(answer + " " + header.getKey(), described.getJsonObject("schema"), value);
      }
    });
  }

  private static void check(String answer, JsonObject declared, Reply reply) {
    JsonObject content = declared.getJsonObject("content");
    if (content == null) {
      assertThat(reply.bytes()).as(answer).isEmpty();
      return;
    }
    String type = reply.header("content-type").replaceFirst(";.*", "");
    assertThat(content.fieldNames()).as(answer).contains(type);
    if (type.endsWith("json")
        && !type.endsWith("ndjson")
        && reply.header("content-encoding").isEmpty()) {
      JsonObject schema = content.getJsonObject(type).getJsonObject("schema");
      valid(answer, schema, Json.decodeValue(reply.body()));
    }
  }

  private static void valid(String what, JsonObject schema, Object value) {
    OutputUnit result = VALIDATORS.computeIfAbsent(schema, Contract::validator).validate(value);
    assertThat(result.getValid()).as(() -> what + ": " + result.toJson()).isTrue();
  }

  private static Validator validator(JsonObject schema) {
    return Validator.create(
        JsonSchema.of(schema.copy()),
        new JsonSchemaOptions()
            .setBaseUri("app://hera")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic));
  }

  private static JsonObject load() {
    try (InputStream in = Contract.class.getResourceAsStream("/io/hera/http/ops/openapi.yaml")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      JsonObject raw = new JsonObject(Json.encode(plain(tree)));
      return (JsonObject) resolved(raw, raw);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Object plain(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      JsonObject json = new JsonObject();
      map.forEach((name, value) -> json.put(String.valueOf(name), plain(value)));
      return json;
    }
    if (tree instanceof List<?> list) {
      return new JsonArray(new ArrayList<>(list.stream().map(Contract::plain).toList()));
    }
    return tree;
  }

  private static Object resolved(JsonObject root, Object at) {
    if (at instanceof JsonArray array) {
      return new JsonArray(
          array.stream().map(one -> resolved(root, one)).collect(Collectors.toList()));
    }
    if (!(at instanceof JsonObject json)) {
      return at;
    }
    if (json.getValue("$ref") instanceof String reference) {
      Object found = root;
      for (String step : reference.substring(2).split("/", -1)) {
        found = ((JsonObject) found).getValue(step);
        assertThat(found).as(reference).isNotNull();
      }
      return resolved(root, found);
    }
    JsonObject whole = new JsonObject();
    json.forEach(member -> whole.put(member.getKey(), resolved(root, member.getValue())));
    return whole;
  }
}
