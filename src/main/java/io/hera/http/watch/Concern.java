package io.hera.http.watch;

import io.hera.registry.Change;
import io.hera.store.LoggedChange;
import io.hera.store.Slices;
import io.hera.store.page.Filter;
import io.hera.store.page.Selection;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** Says of changes of a subject whether they concern one selection of it, and how much work that was. */
final class Concern {
  private final Selection selection;
  private long work = Slices.LOOK;

  Concern(Selection selection) {
    this.selection = selection;
  }

  /** Passes a watch that one of the changes concerns, and the number of the first change, to {@code concerned}; returns the work. */
  static long look(Watch watch, List<LoggedChange> changes, ObjLongConsumer<Watch> concerned) {
    Concern concern = new Concern(watch.selection());
    if (changes.stream().anyMatch(change -> concern.isIn(change.change()))) {
      concerned.accept(watch, changes.get(0).number());
    }
    return concern.work();
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
