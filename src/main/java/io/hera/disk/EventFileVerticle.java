package io.hera.disk;

import io.hera.disk.file.EventFile;
import io.hera.disk.file.EventTail;
import io.hera.store.ParentVerticle;
import io.hera.store.Store;
import io.hera.store.history.EventQuery;
import io.hera.store.history.History;
import io.hera.store.history.HistoryEvent;
import io.hera.store.history.LaterEvents;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each event of a node's history to its file, and reads the last ones back when the node starts. Events wait in a queue of
 * {@value #QUEUE_MAX} while the disk takes none; later ones are lost to the file, and counted. No request waits for it.
 * What writes to the store is deployed above it, so that the file has the events of its last writes.
 */
public final class EventFileVerticle extends ParentVerticle {
  private static final Logger log = LoggerFactory.getLogger(EventFileVerticle.class);
  private static final int QUEUE_MAX = 1 << 14;
  private static final int BATCH_MAX = 1_000;
  private static final long RETRY_MILLIS = 5_000;

  private final Store store;
  private final Path path;
  private final EventFile file;
  private final String readOnly;
  private final Deque<HistoryEvent> queue = new ArrayDeque<>();
  private volatile EventFileReport report = EventFileReport.NONE;
  /** Number of the last event that has been queued. */
  private long last;

  private boolean failing;
  private boolean ends;
  private Future<Void> writing = Future.succeededFuture();

  /**
   * Writes to {@code path}.
   *
   * @param readOnly why nothing can be written; empty if something can
   */
  public EventFileVerticle(Store store, Path path, String readOnly) {
    this.store = store;
    this.path = path;
    this.file = new EventFile(path);
    this.readOnly = readOnly;
  }

  /** Returns what operators see; any thread may ask. */
  public EventFileReport report() {
    return report;
  }

  /** Restores, and completes then. */
  @Override
  public Future<?> start() {
    if (!readOnly.isEmpty()) {
      report = report.off(readOnly);
      log.error("no events are written to {}: {}", path, readOnly);
    }
    return store
        .events()
        .subscribe(this::add)
        .compose(subscribed -> vertx.executeBlocking(this::read))
        .compose(this::restore);
  }

  private List<HistoryEvent> read() {
    try {
      EventTail.Tail tail = EventTail.read(path, History.EVENTS_MAX);
      if (tail.passedOver() > 0) {
        log.info("lines of {} that are passed over: {}", path, tail.passedOver());
      }
      return tail.events();
    } catch (IOException unreadable) {
      log.error("no events are read back from {}: {}", path, unreadable.toString());
      return List.of();
    }
  }

  /** The store takes them in parts, each of them a turn. */
  private Future<Void> restore(List<HistoryEvent> events) {
    int size = Math.min(BATCH_MAX, events.size());
    if (size == 0) {
      return Future.succeededFuture();
    }
    last = events.get(size - 1).number();
    return store
        .restoreEvents(events.subList(0, size))
        .compose(done -> restore(events.subList(size, events.size())));
  }

  private void add(List<HistoryEvent> events) {
    events.stream().filter(event -> event.number() > last).forEach(this::add);
    if (!failing) {
      write();
    }
  }

  private void add(HistoryEvent event) {
    long missed = event.number() - last - 1;
    if (missed > 0) {
      report = report.lost(missed);
      log.error("events lost: {}: the store keeps no more of them", missed);
    }
    last = event.number();
    if (queue.size() >= QUEUE_MAX || !readOnly.isEmpty()) {
      report = report.lost(1);
    } else {
      queue.add(event.withoutDocuments());
    }
  }

  private void write() {
    if (writing.isComplete() && !queue.isEmpty() && !ends) {
      writing = writeAll();
      writing.onSuccess(done -> write()).onFailure(this::failed);
    }
  }

  private Future<Void> writeAll() {
    List<HistoryEvent> batch = queue.stream().limit(BATCH_MAX).toList();
    if (batch.isEmpty()) {
      return Future.succeededFuture();
    }
    return vertx
        .executeBlocking(() -> {
          file.append(batch);
          return batch.size();
        })
        .compose(size -> {
          written(size);
          return writeAll();
        });
  }

  private void written(int size) {
    for (int i = 0; i < size; i++) {
      queue.remove();
    }
    if (failing) {
      failing = false;
      log.info("events are written again to {}", path);
    }
    report = report.written(size);
  }

  private void failed(Throwable failure) {
    if (!failure.toString().equals(report.error())) {
      log.error("events are not written: {}; they wait in memory", failure.toString());
    }
    failing = true;
    report = report.failed(failure.toString());
    vertx.setTimer(RETRY_MILLIS, due -> write());
  }

  /**
   * Writes the rest, those included that the store has not published yet. Of a service that has changed more often since than the
   * store keeps, the first are lost, and counted.
   */
  @Override
  public Future<?> stop() {
    ends = true;
    return writing
        .transform(done -> writeRest())
        .onFailure(failure -> log.error("events lost: {}: {}", queue.size(), failure.toString()))
        .transform(done -> vertx.executeBlocking(() -> {
          file.close();
          return true;
        }));
  }

  private Future<Void> writeRest() {
    return store.eventsAfter(new LaterEvents.Request(EventQuery.ALL, last)).compose(page -> {
      page.events().stream().filter(event -> event.number() > last).forEach(this::add);
      return writeAll()
          .compose(done -> page.events().isEmpty() ? Future.succeededFuture() : writeRest());
    });
  }
}
