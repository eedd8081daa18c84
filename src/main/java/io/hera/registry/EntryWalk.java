package io.hera.registry;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way through the entries of all origins, of one after the other in the order of versions, which
 * goes on in later turns. Each step is small, however many instances a service has, and nothing is
 * copied.
 *
 * <p>An entry that is renewed meanwhile moves to the end of its origin: it may be passed twice. One
 * that another origin takes over meanwhile may be left out.
 */
final class EntryWalk implements SlotSteps {
  private final Iterator<Replica> origins;
  private @Nullable Replica origin;
  /** The version of the last entry passed. */
  private long version;

  private @Nullable Slot last;

  /** A way through these replicas; those that are new meanwhile are left out. */
  EntryWalk(Collection<Replica> replicas) {
    this.origins = List.copyOf(replicas).iterator();
    nextOrigin();
  }

  @Override
  public boolean isPending() {
    return origin != null;
  }

  /** Takes a step; returns the next entry, or null if the step leads to another origin. */
  @Override
  public @Nullable Slot step() {
    Slot next = next();
    if (next == null) {
      nextOrigin();
    } else {
      version = next.version;
    }
    last = next;
    return next;
  }

  /** The last entry may have moved: then the way goes on at its version, of which there may be more. */
  private @Nullable Slot next() {
    if (last != null && last.linked() && last.version == version) {
      return last.newer;
    }
    return origin == null ? null : origin.after(version - 1);
  }

  private void nextOrigin() {
    origin = origins.hasNext() ? origins.next() : null;
    version = 0;
  }
}
