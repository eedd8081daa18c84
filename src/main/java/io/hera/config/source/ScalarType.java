package io.hera.config.source;

import io.hera.config.source.RawValue.Kind;
import io.hera.config.source.RawValue.Refused;
import io.hera.config.source.RawValue.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The type of a setting that has a single value. */
abstract class ScalarType<T> implements ValueType<T> {
  /** Returns the value of {@code scalar}; empty if it is invalid, with the rule that it breaks handed to {@code fault}. */
  abstract Optional<T> parse(Scalar scalar, Consumer<String> fault);

  @Override
  public final Optional<T> read(String key, RawValue raw, List<Fault> faults) {
    Consumer<String> fault = rule -> faults.add(raw.place().fault(key, raw.shown(), rule));
    if (raw instanceof Scalar scalar && scalar.kind() != Kind.EMPTY) {
      return parse(scalar, fault);
    }
    if (!(raw instanceof Refused)) {
      fault.accept(raw instanceof Scalar ? "has no value" : "is not a single value");
    }
    return Optional.empty();
  }
}
