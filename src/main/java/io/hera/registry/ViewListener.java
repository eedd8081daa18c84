package io.hera.registry;

/** A listener for changes of the view. */
@FunctionalInterface
public interface ViewListener {
  /**
   * Handles a change, within the turn in which it happened. A renewal with the same document is not
   * a change.
   */
  void changed(Change change);

  /**
   * Handles that an instance has moved to an origin which had no entry on it. Its document has
   * stayed. A client that renews in turn at several nodes moves once to each.
   */
  default void moved(Change change) {}

  /**
   * Handles that another number of a service's instances is from a snapshot and not confirmed (P14).
   * The content has stayed.
   */
  default void confirmed(String service) {}

  /** Handles that most of a service's own instances have become silent, or are not silent any more. */
  default void silence(Silence silence) {}
  /**
   * Handles a change of the registration of an instance that a drain hides, before or after it (P18).
   * If the instance comes into sight or goes out of it, {@link #changed} follows.
   */
  default void hidden(Change change) {}

  /** Handles that another number of a service's instances is hidden by drains (P18). */
  default void drained(String service) {}

  /**
   * Handles that an entry of a drain has changed (P18). Instances may have to be looked at: {@link Drains#walk}.
   */
  default void walks() {}
}
