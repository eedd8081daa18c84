package io.hera.store;

import io.hera.registry.Change;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A change of content with its number, as {@link ChangeLog} keeps it. Immutable but for one derived form that readers keep with it,
 * such as its encoding: what thousands of clients follow is made once per node. Shared by threads.
 */
public final class LoggedChange {
  private final long number;
  private final Change change;
  private volatile @Nullable Object derived;

  LoggedChange(long number, Change change) {
    this.number = number;
    this.change = change;
  }

  /** Returns the number: 1 for the first change of the node's life, then without gaps. */
  public long number() {
    return number;
  }

  /** Returns the change. */
  public Change change() {
    return change;
  }

  /**
   * Returns what {@code maker} makes of this, made at most once per thread and mostly once for all. All readers must ask for the
   * same type: a change has room for one derived form.
   */
  public <T> T derived(Class<T> type, Function<LoggedChange, T> maker) {
    Object known = derived;
    if (known == null) {
      known = maker.apply(this);
      derived = known;
    }
    return type.cast(known);
  }

  /** Returns the bytes of the documents in it, before and after. */
  long bytes() {
    return size(change.before()) + size(change.after());
  }

  private static long size(byte @Nullable [] document) {
    return document == null ? 0 : document.length;
  }
}
