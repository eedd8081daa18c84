package io.hera.http.watch;

import io.hera.http.Exchange;
import io.hera.store.ChangeLog;
import io.hera.store.Changes;
import io.hera.store.NextTurn;
import io.hera.store.Slices;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The streams that get changes only when their subject is quiet. Owned by {@link EventStreams}.
 *
 * <p>A stream is woken early if the log is about to drop the first change that it waits with.
 */
final class QuietStreams {
  private final ChangeLog log;
  private final Consumer<List<EventStream<Exchange>>> woken;
  private final Map<Watch, Set<EventStream<Exchange>>> streams = new HashMap<>();
  private final QuietWindows windows;
  private final Slices<LongSupplier> looks;

  /**
   * No streams yet.
   *
   * @param woken receives those that may go on
   */
  QuietStreams(Context context, ChangeLog log, Consumer<List<EventStream<Exchange>>> woken) {
    this.log = log;
    this.woken = woken;
    this.windows =
        new QuietWindows(new VertxAlarms(context.owner()), streams::containsKey, this::closed);
    this.looks = new Slices<>(new NextTurn(context), LongSupplier::getAsLong);
  }

  void add(EventStream<Exchange> stream) {
    windows.use(stream.watch);
    streams.computeIfAbsent(stream.watch, any -> new LinkedHashSet<>()).add(stream);
  }

  /** Removes a stream; returns whether it was here. */
  boolean remove(EventStream<Exchange> stream) {
    Set<EventStream<Exchange>> group = streams.getOrDefault(stream.watch, Set.of());
    boolean removed = group.contains(stream) && group.remove(stream);
    if (removed && group.isEmpty()) {
      streams.remove(stream.watch);
    }
    return removed;
  }

  /** Lets a stream that continues have the changes before the present window. */
  void allowMissed(EventStream<Exchange> stream) {
    stream.allow(windows.openSince(stream.watch).orElse(log.last() + 1) - 1);
  }

  /** Opens or prolongs the windows of the watches that the changes concern. */
  void changed(Changes batch) {
    windows.closeBefore(log.younger());
    batch.subjects().forEach((subject, changes) -> {
      List<LongSupplier> more = windows.of(subject).stream()
          .<LongSupplier>map(watch -> () -> Concern.look(watch, changes, windows::touch))
          .toList();
      looks.add(more);
    });
  }

  private void closed(Watch watch, long first) {
    long end = log.last();
    List<EventStream<Exchange>> live = new ArrayList<>();
    for (EventStream<Exchange> stream : streams.getOrDefault(watch, Set.of())) {
      stream.allow(end);
      if (stream.wake(first)) {
        live.add(stream);
      }
    }
    woken.accept(live);
  }
}
