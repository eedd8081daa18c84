package io.hera.store;

import io.hera.registry.Change;

/** Makes numbered changes for tests of other packages. */
public final class LoggedChanges {
  private LoggedChanges() {}

  public static LoggedChange of(long number, Change change) {
    return new LoggedChange(number, change);
  }
}
