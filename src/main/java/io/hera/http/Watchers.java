package io.hera.http;

import io.hera.store.Changes;
import io.hera.store.page.Subject;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Clients that wait until a service is another one than they know. One per HTTP verticle, used on its context only.
 *
 * <p>They are woken by the content's change and by nothing else: heartbeats do not come here.
 */
final class Watchers {
  private final Vertx vertx;
  private final RequestCounters counters;
  private final Consumer<Reading> reader;
  private final Slices<Reading> woken;
  private final Map<Subject, Set<Reading>> waiting = new HashMap<>();
  private long changes;

  /** Gives those whose service has changed, or who have waited long enough, to {@code reader}. */
  Watchers(Context context, RequestCounters counters, Consumer<Reading> reader) {
    this.vertx = context.owner();
    this.counters = counters;
    this.reader = reader;
    this.woken = new Slices<>(context, reader);
  }

  /** How many changes there have been: whoever asks the store meanwhile looks whether it missed one. */
  long changes() {
    return changes;
  }

  /** Whether another one may wait. */
  boolean hasRoom() {
    return counters.hasRoomForWatcher();
  }

  /** Lets it wait; its time runs from the first time on. */
  void park(Reading reading) {
    if (!reading.waits()) {
      reading.waits(vertx.setTimer(reading.waitMillis(), over -> end(reading)));
      reading.exchange.onDisconnect(() -> forget(reading));
      reading.exchange.onDrain(() -> end(reading));
    }
    if (waiting.computeIfAbsent(reading.subject, any -> new LinkedHashSet<>()).add(reading)) {
      counters.watchers(1);
    }
  }

  /** Content has changed. */
  void changed(Changes told) {
    changes++;
    for (Subject subject : told.subjects().keySet()) {
      Set<Reading> readings = waiting.remove(subject);
      if (readings != null) {
        counters.watchers(-readings.size());
        woken.add(readings);
      }
    }
  }

  /** It has been answered, or cannot be any more. */
  void forget(Reading reading) {
    if (reading.waits()) {
      vertx.cancelTimer(reading.giveUp());
      Set<Reading> readings = waiting.get(reading.subject);
      if (readings != null && readings.remove(reading)) {
        counters.watchers(-1);
        if (readings.isEmpty()) {
          waiting.remove(reading.subject);
        }
      }
    }
  }

  private void end(Reading reading) {
    forget(reading);
    reader.accept(reading);
  }
}
