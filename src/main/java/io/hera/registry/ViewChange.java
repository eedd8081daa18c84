package io.hera.registry;

import org.jspecify.annotations.Nullable;

/**
 * What is shown for an instance has changed. The arrays are the registry's own: nobody changes them.
 *
 * @param before the document shown so far, null if there was none
 * @param after the document shown from now on, null if there is none
 * @param origin whose word it was: of what is shown now, or of what ceased to be shown
 * @param news whether its content is another one, as {@link ContentHash} sees it
 */
public record ViewChange(
    Key key,
    byte @Nullable [] before,
    byte @Nullable [] after,
    Kind kind,
    String origin,
    boolean news) {
  /** How it came about. */
  public enum Kind {
    /** It is shown and was not. */
    REGISTERED,
    /** Its document is another one. */
    UPDATED,
    /** It was not renewed in time. */
    EXPIRED,
    /** Somebody removed it. */
    DEREGISTERED
  }
}
