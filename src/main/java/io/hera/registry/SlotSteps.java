package io.hera.registry;

import org.jspecify.annotations.Nullable;

/** A way through entries, in small steps. */
interface SlotSteps {
  boolean isPending();

  /** Takes a step; returns an entry, or null if the step leads elsewhere. */
  @Nullable
  Slot step();

  /** Returns the way through the instances of one service, which its first step copies. */
  static SlotSteps through(View view, String service) {
    SlotWalk walk = new SlotWalk();
    walk.add(service);
    return new SlotSteps() {
      @Override
      public boolean isPending() {
        return walk.isPending();
      }

      @Override
      public @Nullable Slot step() {
        return walk.step(view.services());
      }
    };
  }
}
