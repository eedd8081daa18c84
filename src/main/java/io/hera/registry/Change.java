package io.hera.registry;

import org.jspecify.annotations.Nullable;

/**
 * A change of one instance in the view. The arrays are the registry's own and must not be modified.
 *
 * @param before the document before the change, null if there was none
 * @param after the document after the change, null if there is none
 * @param origin the origin of the entry that wins now, or of the one that no longer does
 * @param contentChanged whether the content differs, by {@link ContentHash}; if not, only volatile
 *     members do
 */
public record Change(
    Key key,
    byte @Nullable [] before,
    byte @Nullable [] after,
    Kind kind,
    String origin,
    boolean contentChanged) {
  /** The cause of a change. */
  public enum Kind {
    /** The instance is new. */
    REGISTERED,
    /** The document was replaced. */
    UPDATED,
    /** The registration was not renewed in time. */
    EXPIRED,
    /** The entry was dropped, since its version is from the future (P3). */
    DROPPED,
    /** A client removed the instance. */
    DEREGISTERED
  }
}
