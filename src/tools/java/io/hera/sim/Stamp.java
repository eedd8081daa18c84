package io.hera.sim;

import io.hera.registry.Inspection.StoredEntry;

/** The place of an entry in the order of P2. */
record Stamp(long version, String origin) implements Comparable<Stamp> {
  static Stamp of(StoredEntry entry) {
    return new Stamp(entry.version(), entry.origin());
  }

  @Override
  public int compareTo(Stamp other) {
    return version != other.version
        ? Long.compare(version, other.version)
        : origin.compareTo(other.origin);
  }
}
