package io.hera.http.watch;

import io.hera.http.Quiet;
import io.hera.store.page.Selection;

/**
 * What a reader waits for. Readers of equal watches are woken together.
 *
 * @param quiet how calm the selection must be
 */
record Watch(Selection selection, Quiet quiet) {
  /** Returns whether the reader wants the nearest instances of a service. */
  boolean isNear() {
    return selection instanceof Selection.OfService some
        && !some.filter().near().isNone();
  }
}
