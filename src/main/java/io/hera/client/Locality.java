package io.hera.client;

/**
 * Where a caller is, and how much it prefers instances near to it.
 *
 * @param zone compared with the member {@code zone} of documents; empty for none, which prefers no
 *     instance
 */
public record Locality(String zone, Preference preference) {
  /** Which instances are chosen. */
  public enum Preference {
    /** Those of the same zone while a third of them can be called, otherwise all. */
    PREFER,
    /** Those of the same zone, even if there is none. */
    STRICT,
    /** All, in any zone. */
    IGNORE
  }

  /** The place of a caller that prefers no zone. */
  public static final Locality ANYWHERE = new Locality("", Preference.IGNORE);

  /** Returns the place of a caller in a zone; one in no zone, "", prefers none. */
  public static Locality of(String zone) {
    return new Locality(zone, zone.isEmpty() ? Preference.IGNORE : Preference.PREFER);
  }

  boolean isNear(String other) {
    return preference == Preference.IGNORE || zone.equals(other);
  }
}
