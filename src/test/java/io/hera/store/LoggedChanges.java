package io.hera.store;

import io.hera.registry.Change;

/** Makes numbered changes, and logs of them, for tests of other packages. */
public final class LoggedChanges {
  private final ManualTimer timer = new ManualTimer();
  private final ChangeBatcher batcher;

  /** Adds changes to a log, in batches as the store publishes them. */
  public LoggedChanges(ChangeLog log) {
    batcher = new ChangeBatcher(timer, log::add);
  }

  public static LoggedChange of(long number, Change change) {
    return new LoggedChange(number, change);
  }

  /** Adds these changes. */
  public void add(Iterable<Change> changes) {
    changes.forEach(batcher::add);
    timer.advance(20);
  }
}
