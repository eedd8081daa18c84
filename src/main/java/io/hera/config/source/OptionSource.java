package io.hera.config.source;

import io.hera.config.source.RawValue.Items;
import io.hera.config.source.RawValue.Kind;
import io.hera.config.source.RawValue.Member;
import io.hera.config.source.RawValue.Place;
import io.hera.config.source.RawValue.Scalar;
import io.hera.config.source.RawValue.Section;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Settings from outside a file: the deployment options of a verticle, and environment variables. */
public final class OptionSource {
  private static final Place OPTIONS = new Place("options", 0);

  /** The address of a Service or container, or the names of two linked containers: {@code /web/hera}. */
  private static final Pattern FOREIGN = Pattern.compile("(?:tcp|udp|sctp)://.*|/[^/]+/[^/]+");

  private OptionSource() {}

  /** Returns the settings in {@code options}, which have the same keys as a file. */
  public static Section of(JsonObject options) {
    return new Section(OPTIONS, members(options));
  }

  /**
   * Returns the settings in the environment; an empty variable counts as absent, and so does a foreign one.
   *
   * @param variables key of a setting → the variable that sets it
   */
  public static Section of(Map<String, String> environment, Map<String, String> variables) {
    List<Member> members = new ArrayList<>();
    variables.forEach((key, variable) -> {
      String value = environment.getOrDefault(variable, "");
      if (!value.isEmpty() && !isForeign(value)) {
        members.add(member(key, variable, value));
      }
    });
    return new Section(new Place("environment", 0), members);
  }

  /**
   * Returns whether the value of a variable comes from Kubernetes or Docker. These make variables for a Service or a linked
   * container, and if that is named hera, the variables have the names of Hera's own.
   */
  public static boolean isForeign(String value) {
    return FOREIGN.matcher(value).matches();
  }

  private static Member member(String key, String variable, String value) {
    Place place = new Place("environment " + variable, 0);
    return new Member(new Scalar(place, key, Kind.TEXT), new Scalar(place, value, Kind.TEXT));
  }

  private static List<Member> members(JsonObject object) {
    return object.fieldNames().stream()
        .map(name -> new Member(new Scalar(OPTIONS, name, Kind.TEXT), value(object.getValue(name))))
        .toList();
  }

  private static RawValue value(@Nullable Object value) {
    if (value instanceof JsonObject object) {
      return new Section(OPTIONS, members(object));
    }
    if (value instanceof JsonArray array) {
      return new Items(OPTIONS, array.stream().map(OptionSource::value).toList());
    }
    if (value == null) {
      return new Scalar(OPTIONS, "", Kind.EMPTY);
    }
    Kind kind = value instanceof CharSequence ? Kind.TEXT : Kind.AMBIGUOUS;
    return new Scalar(OPTIONS, value.toString(), kind);
  }
}
