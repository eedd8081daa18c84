package io.hera.registry;

import java.util.Optional;

/**
 * Who asks for a delta.
 *
 * @param name as it says itself; empty if it says none
 * @param known whether it is certainly the member of that name (P9)
 */
public record Asker(String name, boolean known) {
  /** A node of 2012, or an operator. */
  public static final Asker UNNAMED = new Asker("", false);

  /** The member of this name. */
  public static Asker member(String name) {
    return new Asker(name, true);
  }

  /** A process that claims this name. */
  public static Asker claiming(String name) {
    return new Asker(name, false);
  }

  /** Returns the name if it is certain. */
  Optional<String> member() {
    return known ? Optional.of(name) : Optional.empty();
  }
}
