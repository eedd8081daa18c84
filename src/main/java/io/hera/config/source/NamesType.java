package io.hera.config.source;

import io.hera.config.source.RawValue.Items;
import io.hera.config.source.RawValue.Kind;
import io.hera.config.source.RawValue.Refused;
import io.hera.config.source.RawValue.Scalar;
import java.util.List;
import java.util.Optional;

/** The type of a setting that is a list of names; repeated names count once. */
final class NamesType implements ValueType<List<String>> {
  private static final String INVALID = "contains an invalid name";

  @Override
  public Optional<List<String>> read(String key, RawValue raw, List<Fault> faults) {
    if (raw instanceof Items items) {
      int before = faults.size();
      items.items().forEach(item -> check(key, item, faults));
      return faults.size() == before
          ? Optional.of(items.items().stream().map(RawValue::shown).distinct().toList())
          : Optional.empty();
    }
    if (!(raw instanceof Refused)) {
      faults.add(raw.place().fault(key, raw.shown(), "is not a list: write [name, name]"));
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> broken(List<String> value) {
    return value.contains("") ? Optional.of(INVALID) : Optional.empty();
  }

  @Override
  public String text(List<String> value) {
    return value.toString();
  }

  @Override
  public String allowed() {
    return "a list of names, empty or not";
  }

  private static void check(String key, RawValue item, List<Fault> faults) {
    if (item instanceof Scalar scalar
        && scalar.kind() == Kind.TEXT
        && !scalar.text().isEmpty()) {
      return;
    }
    String rule = item.shown().isEmpty() ? INVALID : "is not text in YAML, write it in quotes";
    faults.add(item.place().fault(key, item.shown(), rule));
  }
}
