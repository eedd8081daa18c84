package io.hera.http.watch;

import io.hera.registry.Change;
import io.hera.store.Slices;
import io.hera.store.page.Filter;
import io.hera.store.page.Selection;
import org.jspecify.annotations.Nullable;

/** Says of changes of a subject whether they concern one selection of it, and how much work that was. */
final class Concern {
  private final Selection selection;
  private long work = Slices.LOOK;

  Concern(Selection selection) {
    this.selection = selection;
  }

  /** Returns whether the change may change what the selection shows. */
  boolean isIn(Change change) {
    if (selection instanceof Selection.Instance one) {
      return one.key().equals(change.key());
    }
    if (selection instanceof Selection.All all) {
      return all.filter().includes(change.key().service());
    }
    return !(selection instanceof Selection.OfService some)
        || some.filter().isEmpty()
        || matches(some.filter(), change.after())
        || matches(some.filter(), change.before());
  }

  /** Returns the work so far. */
  long work() {
    return work;
  }

  private boolean matches(Filter filter, byte @Nullable [] document) {
    work += Slices.LOOK + (document == null ? 0 : document.length);
    return document != null && filter.matches(document);
  }
}
