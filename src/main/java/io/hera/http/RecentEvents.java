package io.hera.http;

import io.hera.store.Changes;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last changes, for streams that were cut off or cannot keep up; bounded by number and by bytes. One an HTTP verticle, used on
 * its context only. They are kept in the batches in which they came, so that what nobody follows costs next to nothing.
 */
final class RecentEvents {
  private static final int EVENTS_MAX = 1 << 14;

  /** Of documents; each may be held three times more, as it was before and in two ways to write it down. */
  private static final long BYTES_MAX = 8 << 20;

  private final String life;
  private final TreeMap<Long, Batch> batches = new TreeMap<>();
  private long last;
  private long bytes;

  /** The events of the node's life. */
  RecentEvents(String life) {
    this.life = life;
  }

  /** What was told together. Events are made when somebody first wants them. */
  private static final class Batch {
    private final Changes changes;
    private @Nullable ServerEvent @Nullable [] events;

    Batch(Changes changes) {
      this.changes = changes;
    }

    ServerEvent get(long number, String life) {
      if (events == null) {
        events = new ServerEvent[changes.changes().size()];
      }
      int index = (int) (number - changes.first());
      ServerEvent event = events[index];
      if (event == null) {
        event = new ServerEvent(life, number, changes.changes().get(index).change());
        events[index] = event;
      }
      return event;
    }
  }

  /** The number of the last event, which was told to be. */
  long last() {
    return last;
  }

  /** Whether nothing that came after the event of this number is missing. Another server of the node may be a little ahead. */
  boolean continuesAfter(long number) {
    return !batches.isEmpty() && number >= batches.firstKey() - 1 && number <= last + EVENTS_MAX;
  }

  /** The event of this number, up to {@link #last}, if it {@link #continuesAfter} the one before. */
  ServerEvent get(long number) {
    return Objects.requireNonNull(batches.floorEntry(number)).getValue().get(number, life);
  }

  /** Keeps the newest ones, whatever they take, for those that are to get them now. */
  void add(Changes told) {
    batches.put(told.first(), new Batch(told));
    last = told.last();
    bytes += told.bytes();
    while (batches.size() > 1 && (bytes > BYTES_MAX || last - batches.firstKey() >= EVENTS_MAX)) {
      bytes -= batches.pollFirstEntry().getValue().changes.bytes();
    }
  }
}
