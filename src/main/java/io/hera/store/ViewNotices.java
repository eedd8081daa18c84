package io.hera.store;

import io.hera.registry.Change;
import io.hera.registry.Silence;
import io.hera.registry.ViewListener;
import java.util.function.Consumer;

/** Passes on what a registry notifies of. Owned by {@link StoreTurns}. */
record ViewNotices(
    Consumer<Change> changes,
    Consumer<Change> moves,
    Consumer<String> confirmations,
    Consumer<Silence> silences)
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
  public void confirmed(String service) {
    confirmations.accept(service);
  }

  @Override
  public void silence(Silence silence) {
    silences.accept(silence);
  }
}
