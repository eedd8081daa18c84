package io.hera.store;

import io.hera.registry.KeyEntry;
import java.util.List;

/**
 * The entries of all origins on a key.
 *
 * @param nowMillis agreed unix time to which the ages belong
 * @param entries the winner first
 */
public record KeyEntries(long nowMillis, List<KeyEntry> entries) {
  public KeyEntries {
    entries = List.copyOf(entries);
  }
}
