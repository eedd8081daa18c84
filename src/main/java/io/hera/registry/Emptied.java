package io.hera.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The services that a drain would leave without an instance that is shown (P18), looked for in parts.
 * What changes meanwhile may be missed.
 */
public final class Emptied {
  /** Services that are named; there may be more. */
  private static final int NAMES_MAX = 10;

  private final View view;
  private final Selector selector;
  private final SlotWalk walk = new SlotWalk();
  private final List<String> services = new ArrayList<>();
  /** The last service of which all instances so far would be hidden, and some are shown; else empty. */
  private String candidate = "";

  Emptied(View view, Selector selector) {
    this.view = view;
    this.selector = selector;
    if (selector instanceof Selector.OfMember) {
      walk.addAll();
    }
  }

  /** Looks at a bounded number of instances; returns whether more are to be looked at. */
  public boolean look(int looksMax) {
    if (selector instanceof Selector.OfService one) {
      take(view.instanceCount(one.service()) > 0 ? one.service() : "");
    } else if (selector instanceof Selector.OfInstance one) {
      Key key = one.key();
      boolean last = view.instanceCount(key.service()) == 1 && view.document(key) != null;
      take(last ? key.service() : "");
    } else {
      step((Selector.OfMember) selector, looksMax);
    }
    return walk.isPending() && services.size() < NAMES_MAX;
  }

  private void step(Selector.OfMember selected, int looksMax) {
    for (int left = looksMax; left > 0 && walk.isPending(); left--) {
      Slot slot = walk.step(view.services());
      if (slot == null) {
        take(candidate);
        candidate = "";
      } else if (slot.isDrain()
          || (slot.shown() && !view.drains().matches(selected, slot.document))) {
        walk.skip();
        candidate = "";
      } else if (slot.shown()) {
        candidate = slot.service.name;
      }
    }
    if (!walk.isPending()) {
      take(candidate);
    }
  }

  private void take(String service) {
    if (!service.isEmpty()) {
      services.add(service);
    }
  }

  /** Returns the first of these services. */
  public List<String> services() {
    return Collections.unmodifiableList(services);
  }
}
