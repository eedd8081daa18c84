package io.hera;

import io.hera.Setting.Items;
import io.hera.Setting.Kind;
import io.hera.Setting.Place;
import io.hera.Setting.Refused;
import io.hera.Setting.Scalar;
import io.hera.wire.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Typed values out of one section's settings. What is missing becomes the default, what is wrong too, with a fault noted; so
 * all faults are found in one go, and the caller makes nothing of the values when there are any.
 */
final class SettingValues {
  private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,17})(KiB|MiB|GiB)?");
  private static final Place NOWHERE = new Place("options", 0);

  private final Map<String, Setting> settings;
  private final String prefix;
  private final List<Fault> faults;

  /** Of {@code settings} by name; {@code prefix} goes before the names in what {@code faults} say. */
  SettingValues(Map<String, Setting> settings, String prefix, List<Fault> faults) {
    this.settings = settings;
    this.prefix = prefix;
    this.faults = faults;
  }

  /** Least and greatest value that is allowed. */
  record Range(long min, long max) {
    boolean holds(long value) {
      return min <= value && value <= max;
    }

    @Override
    public String toString() {
      return min + ".." + max;
    }
  }

  boolean has(String key) {
    return settings.containsKey(key);
  }

  /** Where {@code key} is written; nowhere in particular when it is not. */
  Place place(String key) {
    Setting setting = settings.get(key);
    return setting == null ? NOWHERE : setting.place();
  }

  /** Notes that the value of {@code key} breaks {@code rule}. */
  void fault(String key, String rule) {
    Setting setting = settings.get(key);
    String value = setting instanceof Scalar scalar ? scalar.text() : "";
    faults.add(place(key).fault(prefix + key, value, rule));
  }

  /** Text that no reader of YAML takes for something else. */
  Optional<String> text(String key) {
    Optional<Scalar> scalar = scalar(key);
    if (scalar.isPresent() && scalar.get().kind() == Kind.AMBIGUOUS) {
      fault(key, "is not text to YAML, write it in quotes");
      return Optional.empty();
    }
    return scalar.map(Scalar::text);
  }

  /** A whole number. */
  int count(String key, int fallback, Range range) {
    return (int) number(key, "", range).orElse(fallback);
  }

  /** A number of bytes, or of {@code KiB}, {@code MiB}, {@code GiB}. */
  long size(String key, long fallback, Range range) {
    return number(key, " bytes", range).orElse(fallback);
  }

  /** A span of time; the range is in milliseconds. */
  Duration span(String key, Duration fallback, Range range) {
    Optional<String> text = scalar(key).map(Scalar::text);
    if (text.isEmpty()) {
      return fallback;
    }
    OptionalLong millis = Durations.millis(text.get());
    if (millis.isEmpty()) {
      fault(key, "is no span of time: write seconds (300), or 500ms, 15s, 5m, 2h");
      return fallback;
    }
    if (!range.holds(millis.getAsLong())) {
      fault(key, "is not in " + seconds(range.min()) + ".." + seconds(range.max()) + " s");
      return fallback;
    }
    return Duration.ofMillis(millis.getAsLong());
  }

  /** True or false. */
  boolean flag(String key, boolean fallback) {
    Optional<String> text = scalar(key).map(Scalar::text);
    if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
      fault(key, "is neither true nor false");
    }
    return text.map("true"::equals).orElse(fallback);
  }

  /** A list of non-empty texts. */
  List<String> texts(String key, List<String> fallback) {
    Setting setting = settings.get(key);
    if (setting == null || setting instanceof Refused) {
      return fallback;
    }
    if (!(setting instanceof Items items)) {
      fault(key, "is no list: write [" + String.join(", ", fallback) + "]");
      return fallback;
    }
    items.items().forEach(item -> itemText(key, item));
    return items.items().stream()
        .filter(Scalar.class::isInstance)
        .map(item -> ((Scalar) item).text())
        .distinct()
        .toList();
  }

  private void itemText(String key, Setting item) {
    if (item instanceof Scalar scalar
        && scalar.kind() == Kind.TEXT
        && !scalar.text().isEmpty()) {
      return;
    }
    String value = item instanceof Scalar scalar ? scalar.text() : "";
    String rule =
        value.isEmpty() ? "holds what is no name" : "is not text to YAML, write it in quotes";
    faults.add(item.place().fault(prefix + key, value, rule));
  }

  private OptionalLong number(String key, String unit, Range range) {
    Optional<String> text = scalar(key).map(Scalar::text);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    Matcher size = SIZE.matcher(text.get());
    boolean whole = size.matches() && (!unit.isEmpty() || size.group(2) == null);
    if (!whole) {
      fault(key, (unit.isEmpty() ? "is no whole number in " : "is no size in ") + range + unit);
      return OptionalLong.empty();
    }
    OptionalLong value = bytes(size);
    if (value.isEmpty() || !range.holds(value.getAsLong())) {
      fault(key, "is not in " + range + unit);
      return OptionalLong.empty();
    }
    return value;
  }

  /** Empty when it is more than a long holds. */
  private static OptionalLong bytes(Matcher size) {
    int shift =
        size.group(2) == null ? 0 : 10 * (1 + "KMG".indexOf(size.group(2).charAt(0)));
    long value = Long.parseLong(size.group(1));
    return value > Long.MAX_VALUE >> shift ? OptionalLong.empty() : OptionalLong.of(value << shift);
  }

  private Optional<Scalar> scalar(String key) {
    Setting setting = settings.get(key);
    if (setting == null || setting instanceof Refused) {
      return Optional.empty();
    }
    if (setting instanceof Scalar scalar && scalar.kind() != Kind.EMPTY) {
      return Optional.of(scalar);
    }
    fault(key, setting instanceof Scalar ? "has no value" : "is not a single value");
    return Optional.empty();
  }

  private static String seconds(long millis) {
    return millis % 1_000 == 0 ? Long.toString(millis / 1_000) : Double.toString(millis / 1_000.0);
  }
}
