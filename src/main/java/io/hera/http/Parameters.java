package io.hera.http;

import java.util.Set;

/** The query parameters that an endpoint knows. */
public sealed interface Parameters {
  /** Any parameter: the names are data. */
  Parameters ANY = new Any();

  /** No parameter. */
  Parameters NONE = of();

  /** Returns the parameters of these names. */
  static Parameters of(String... names) {
    return new Only(Set.of(names));
  }

  record Any() implements Parameters {}

  record Only(Set<String> names) implements Parameters {}
}
