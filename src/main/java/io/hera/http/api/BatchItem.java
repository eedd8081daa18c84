package io.hera.http.api;

import io.hera.store.Write;
import io.hera.wire.Problem;

/** One write of many in a request. */
sealed interface BatchItem {
  /** A write that can be done. */
  record Wanted(Write write) implements BatchItem {}

  /**
   * A write that cannot be done, or was not.
   *
   * @param id empty if the problem concerns the service itself
   */
  record Refused(String service, String id, Problem problem) implements BatchItem {}
}
