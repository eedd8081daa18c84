package io.hera;

import io.hera.Setting.Items;
import io.hera.Setting.Kind;
import io.hera.Setting.Member;
import io.hera.Setting.Place;
import io.hera.Setting.Scalar;
import io.hera.Setting.Section;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings that do not come from a file: a verticle's deployment options and the environment. */
final class OptionSettings {
  private static final Place OPTIONS = new Place("options", 0);

  private OptionSettings() {}

  /** The same keys as in the file, of the command line or of the application that deploys the verticle. */
  static Section of(JsonObject options) {
    return new Section(OPTIONS, members(options));
  }

  /** {@code HERA_NAME} and {@code HERA_PORT}; an empty variable is none. */
  static Section of(Map<String, String> environment) {
    List<Member> members = Map.of("name", "HERA_NAME", "port", "HERA_PORT").entrySet().stream()
        .filter(entry -> !environment.getOrDefault(entry.getValue(), "").isEmpty())
        .map(entry -> variable(
            entry.getKey(), entry.getValue(), environment.getOrDefault(entry.getValue(), "")))
        .toList();
    return new Section(new Place("environment", 0), members);
  }

  private static Member variable(String key, String variable, String value) {
    Place place = new Place("environment " + variable, 0);
    return new Member(new Scalar(place, key, Kind.TEXT), new Scalar(place, value, Kind.TEXT));
  }

  private static List<Member> members(JsonObject object) {
    return object.fieldNames().stream()
        .map(name ->
            new Member(new Scalar(OPTIONS, name, Kind.TEXT), setting(object.getValue(name))))
        .toList();
  }

  private static Setting setting(@Nullable Object value) {
    if (value instanceof JsonObject object) {
      return new Section(OPTIONS, members(object));
    }
    if (value instanceof JsonArray array) {
      return new Items(OPTIONS, array.stream().map(OptionSettings::setting).toList());
    }
    if (value == null) {
      return new Scalar(OPTIONS, "", Kind.EMPTY);
    }
    Kind kind = value instanceof CharSequence ? Kind.TEXT : Kind.AMBIGUOUS;
    return new Scalar(OPTIONS, value.toString(), kind);
  }
}
