package io.hera.store;

import io.hera.registry.View;
import java.util.List;

/** A question for the entries behind instances of a service. */
public sealed interface EntriesAsked {
  String service();

  /** Returns whether instances that drains hide are wanted too. */
  View.Extent extent();

  /** Those with these ids, as far as there are such instances. */
  record OfIds(String service, View.Extent extent, List<String> ids) implements EntriesAsked {
    public OfIds {
      ids = List.copyOf(ids);
    }
  }

  /** Those that expire first, the soonest first. */
  record Soonest(String service, View.Extent extent, int limit) implements EntriesAsked {}
}
