package io.hera.config.source;

import io.hera.config.source.RawValue.Scalar;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The type of a setting that is one of some words, the names of constants in lower case, with - for _. */
final class WordType<E extends Enum<E>> extends ScalarType<E> {
  private final List<E> values;

  /** One of these constants. */
  WordType(Collection<E> values) {
    this.values = List.copyOf(values);
  }

  @Override
  Optional<E> parse(Scalar scalar, Consumer<String> fault) {
    Optional<E> found =
        values.stream().filter(value -> text(value).equals(scalar.text())).findAny();
    if (found.isEmpty()) {
      fault.accept("is not " + allowed());
    }
    return found;
  }

  @Override
  public Optional<String> broken(E value) {
    return Optional.empty();
  }

  @Override
  public String text(E value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String allowed() {
    return values.stream().map(this::text).collect(Collectors.joining(" or "));
  }
}
