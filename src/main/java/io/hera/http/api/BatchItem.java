package io.hera.http.api;

import io.hera.store.Write;
import io.hera.wire.Problem;

/** One write of many in a request. */
sealed interface BatchItem {
  /** Returns the service that it concerns; empty if it could not be read. */
  String service();

  /** A write that can be done. */
  record Wanted(Write write) implements BatchItem {
    @Override
    public String service() {
      return write.key().service();
    }
  }

  /**
   * A write that cannot be done, or was not.
   *
   * @param id empty if the problem concerns the service itself
   */
  record Refused(String service, String id, Problem problem) implements BatchItem {}
}
