package io.hera.registry;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The keys that this node writes before it is synchronised (P7). Such a write cannot exceed an entry of another origin that has
 * not arrived yet, so these keys are looked at again then. Owned by {@link OwnOrigin}.
 */
final class EarlyWrites {
  private final Set<Key> keys = new HashSet<>();
  private boolean over;

  /** Returns whether the node is synchronised. */
  boolean over() {
    return over;
  }

  /** Notes a write. */
  void add(Key key) {
    if (!over) {
      keys.add(key);
    }
  }

  /** The node is synchronised: passes each key to {@code review}, and forgets them. */
  void end(Consumer<Key> review) {
    over = true;
    keys.forEach(review);
    keys.clear();
  }
}
