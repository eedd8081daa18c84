package io.hera.store;

import io.hera.registry.Change;
import io.hera.registry.Silence;
import io.hera.registry.ViewListener;
import java.util.function.Consumer;

/** Passes on what a registry notifies of. Owned by {@link StoreTurns}. */
record ViewNotices(
    Consumer<Change> changes,
    Consumer<Change> moves,
    Consumer<Change> hiddenChanges,
    Consumer<String> confirmations,
    Consumer<String> drainedServices,
    Consumer<Silence> silences,
    Runnable walk)
    implements ViewListener {
  @Override
  public void changed(Change change) {
    changes.accept(change);
  }

  @Override
  public void moved(Change change) {
    moves.accept(change);
  }

  @Override
  public void hidden(Change change) {
    hiddenChanges.accept(change);
  }

  @Override
  public void confirmed(String service) {
    confirmations.accept(service);
  }

  @Override
  public void drained(String service) {
    drainedServices.accept(service);
  }

  @Override
  public void silence(Silence silence) {
    silences.accept(silence);
  }

  @Override
  public void walks() {
    walk.run();
  }
}
