package io.hera.wire;

/** Whether a node serves its page for browsers. */
public enum UiMode {
  /** It does. */
  TRUE,
  /** It does, and the page offers nothing that changes an instance. */
  READ_ONLY,
  /** It does not. */
  FALSE
}
