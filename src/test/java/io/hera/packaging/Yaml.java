package io.hera.packaging;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads YAML as JSON, with which tests find their way more easily. */
final class Yaml {
  private Yaml() {}

  /** Returns the documents of a file, each of which is a mapping. */
  static List<JsonObject> documents(Path file) throws IOException {
    List<JsonObject> documents = new ArrayList<>();
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    for (Object document :
        new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).loadAll(Files.readString(file))) {
      documents.add(mapping(document));
    }
    return documents;
  }

  @SuppressWarnings("unchecked")
  private static JsonObject mapping(Object document) {
    return new JsonObject((Map<String, Object>) document);
  }

  /** Returns the mappings in the list at {@code key}. */
  static List<JsonObject> list(JsonObject parent, String key) {
    return parent.getJsonArray(key).stream().map(JsonObject.class::cast).toList();
  }

  /** Returns the texts in the list at {@code key}. */
  static List<String> texts(JsonObject parent, String key) {
    return parent.getJsonArray(key).stream().map(Object::toString).toList();
  }

  /** Returns the only mapping in the list at {@code key} whose {@code name} is this one. */
  static JsonObject named(JsonObject parent, String key, String name) {
    List<JsonObject> found = list(parent, key).stream()
        .filter(item -> name.equals(item.getString("name")))
        .toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + key + " have the name " + name);
    }
    return found.get(0);
  }
}
