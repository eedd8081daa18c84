package io.hera.sim;

import io.hera.registry.Inspection.StoredEntry;
import io.hera.registry.Key;

/** One entry of an origin, on whichever node it is. */
record Identity(String origin, Key key, long version) {
  static Identity of(StoredEntry entry) {
    return new Identity(entry.origin(), entry.key(), entry.version());
  }
}
