package io.hera.http.watch;

import io.hera.store.page.Subject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The times in which watches are not quiet. One for long polls and one for streams of each HTTP verticle, used on its context only.
 *
 * <p>The first change of a watch opens its window. The window closes when no further change has come for the first time of {@link
 * io.hera.http.Quiet}, at the latest after the second one since it opened. Then its readers are woken together. A change costs one look
 * per watch, however many readers it has.
 *
 * <p>A watch is remembered for a while after its last reader: a reader that has just been answered comes back, and must not be
 * answered again at once because something has changed meanwhile.
 */
final class QuietWindows {
  /** More than readers that may wait: above, watches without readers are forgotten. */
  static final int WATCHES_MAX = 60_000;

  private final Alarms alarms;
  private final Predicate<Watch> hasReaders;
  private final ObjLongConsumer<Watch> closed;
  private final Map<Subject, Map<Watch, Window>> bySubject = new HashMap<>();
  /** The open ones, the one that opened first at the beginning. */
  private final Map<Watch, Window> open = new LinkedHashMap<>();

  private int watches;

  /**
   * No windows yet.
   *
   * @param hasReaders whether readers of a watch wait
   * @param closed receives a watch whose window has closed, and the number of the first change in it
   */
  QuietWindows(Alarms alarms, Predicate<Watch> hasReaders, ObjLongConsumer<Watch> closed) {
    this.alarms = alarms;
    this.hasReaders = hasReaders;
    this.closed = closed;
  }

  /** Runs actions after a time. */
  interface Alarms {
    /** Has {@code due} run once; returns the alarm. */
    long set(long millis, Runnable due);

    void cancel(long alarm);
  }

  /** The state of one watch. */
  private static final class Window {
    /** Whether a reader came since the last look at it. */
    boolean used = true;

    /** Number of the first change. */
    long first;

    long quietAlarm;
    long longestAlarm;
    long keptAlarm;
  }

  /** Looks for changes of a watch from now on; a reader has come. */
  void use(Watch watch) {
    Window known = window(watch);
    if (known == null) {
      makeRoom();
      Window added = new Window();
      bySubject
          .computeIfAbsent(watch.selection().subject(), any -> new HashMap<>())
          .put(watch, added);
      watches++;
      keep(watch, added);
    } else {
      known.used = true;
    }
  }

  /** Returns the watches that a change of the subject may concern. */
  List<Watch> of(Subject subject) {
    return List.copyOf(bySubject.getOrDefault(subject, Map.of()).keySet());
  }

  /** Returns the number of the first change in the open window of a watch; empty if none is open. */
  OptionalLong openSince(Watch watch) {
    Window window = open.get(watch);
    return window == null ? OptionalLong.empty() : OptionalLong.of(window.first);
  }

  /** Opens the window of a watch, or prolongs it: the change of this number concerns it. */
  void touch(Watch watch, long number) {
    Window window = window(watch);
    if (window == null) {
      return;
    }
    if (open.putIfAbsent(watch, window) == null) {
      window.first = number;
      window.longestAlarm = alarms.set(watch.quiet().maxMillis(), () -> close(watch));
    } else {
      alarms.cancel(window.quietAlarm);
    }
    window.quietAlarm = alarms.set(watch.quiet().millis(), () -> close(watch));
  }

  /** Closes the windows that began before the change of this number. */
  void closeBefore(long number) {
    while (!open.isEmpty()) {
      Map.Entry<Watch, Window> oldest = open.entrySet().iterator().next();
      if (oldest.getValue().first >= number) {
        return;
      }
      close(oldest.getKey());
    }
  }

  private void close(Watch watch) {
    Window window = open.remove(watch);
    if (window != null) {
      alarms.cancel(window.quietAlarm);
      alarms.cancel(window.longestAlarm);
      window.used = true;
      closed.accept(watch, window.first);
    }
  }

  private void keep(Watch watch, Window window) {
    window.keptAlarm = alarms.set(watch.quiet().maxMillis(), () -> forgetUnused(watch, window));
  }

  private void forgetUnused(Watch watch, Window window) {
    if (window.used || open.containsKey(watch) || hasReaders.test(watch)) {
      window.used = false;
      keep(watch, window);
    } else {
      forget(watch);
    }
  }

  private void makeRoom() {
    if (watches >= WATCHES_MAX) {
      bySubject.values().stream()
          .flatMap(all -> all.keySet().stream())
          .filter(hasReaders.negate())
          .toList()
          .forEach(this::forget);
    }
  }

  private void forget(Watch watch) {
    Map<Watch, Window> all = bySubject.get(watch.selection().subject());
    Window window = all == null ? null : all.remove(watch);
    if (all == null || window == null) {
      return;
    }
    watches--;
    alarms.cancel(window.keptAlarm);
    if (open.remove(watch) != null) {
      alarms.cancel(window.quietAlarm);
      alarms.cancel(window.longestAlarm);
    }
    if (all.isEmpty()) {
      bySubject.remove(watch.selection().subject());
    }
  }

  private @Nullable Window window(Watch watch) {
    return bySubject.getOrDefault(watch.selection().subject(), Map.of()).get(watch);
  }
}
