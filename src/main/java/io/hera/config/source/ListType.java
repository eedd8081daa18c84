package io.hera.config.source;

import io.hera.config.source.RawValue.Items;
import io.hera.config.source.RawValue.Kind;
import io.hera.config.source.RawValue.Refused;
import io.hera.config.source.RawValue.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The type of a setting that is a list of values, each one text; repeated values count once. */
final class ListType<T> implements ValueType<List<T>> {
  private final String item;
  private final Function<String, Optional<T>> parse;
  private final String rule;
  private final String allowed;

  /**
   * A list of values.
   *
   * @param item what an item is called
   * @param parse reads an item from its text, which may be that of the item itself
   * @param rule the rule that an unreadable item breaks
   */
  ListType(String item, Function<String, Optional<T>> parse, String rule, String allowed) {
    this.item = item;
    this.parse = parse;
    this.rule = rule;
    this.allowed = allowed;
  }

  /** Reads a list; one whose items are all commented out is empty. */
  @Override
  public Optional<List<T>> read(String key, RawValue raw, List<Fault> faults) {
    if (Sections.isEmpty(raw)) {
      return Optional.of(List.of());
    }
    if (raw instanceof Items items) {
      int before = faults.size();
      List<T> values = items.items().stream()
          .flatMap(one -> item(key, one, faults).stream())
          .distinct()
          .toList();
      return faults.size() == before ? Optional.of(values) : Optional.empty();
    }
    if (!(raw instanceof Refused)) {
      String form = "is not a list: write [%1$s, %1$s]".formatted(item);
      faults.add(raw.place().fault(key, raw.shown(), form));
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> broken(List<T> value) {
    return value.stream().allMatch(one -> parse.apply(one.toString()).isPresent())
        ? Optional.empty()
        : Optional.of(invalid());
  }

  @Override
  public String text(List<T> value) {
    return value.toString();
  }

  @Override
  public String allowed() {
    return allowed;
  }

  private Optional<T> item(String key, RawValue raw, List<Fault> faults) {
    boolean isText = raw instanceof Scalar scalar && scalar.kind() == Kind.TEXT;
    Optional<T> value = isText ? parse.apply(raw.shown()) : Optional.empty();
    if (value.isEmpty()) {
      faults.add(raw.place().fault(key, raw.shown(), fault(raw.shown(), isText)));
    }
    return value;
  }

  private String fault(String shown, boolean isText) {
    if (shown.isEmpty()) {
      return invalid();
    }
    return isText ? rule : "is not text in YAML, write it in quotes";
  }

  private String invalid() {
    return "contains an invalid " + item;
  }
}
