package io.hera.registry;

import java.util.List;
import java.util.function.Predicate;

/**
 * A way through all instances, which goes on in later turns. No instance that stays as it is meanwhile is left out; one that is renewed
 * meanwhile may be passed twice.
 */
public final class InstanceWalk {
  private final Entries entries;
  private final View.Extent extent;
  private final Predicate<String> services;
  private final EntryWalk walk;

  InstanceWalk(Entries entries, View.Extent extent, Predicate<String> services, EntryWalk walk) {
    this.entries = entries;
    this.extent = extent;
    this.services = services;
    this.walk = walk;
  }

  public boolean isPending() {
    return walk.isPending();
  }

  /** Looks at a bounded number of entries, and adds the instances among them to {@code found}. */
  public void look(int looksMax, List<KeyDocument> found) {
    for (int left = looksMax; left > 0 && walk.isPending(); left--) {
      Slot slot = walk.step();
      if (slot != null && isWanted(slot)) {
        found.add(new KeyDocument(new Key(slot.service.name, slot.id), slot.document));
      }
    }
  }

  private boolean isWanted(Slot slot) {
    return slot.registered()
        && !slot.isDrain()
        && entries.isInstance(slot, extent)
        && services.test(slot.service.name);
  }
}
