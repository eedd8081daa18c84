package io.hera.http;

import io.hera.registry.ViewChange;
import io.hera.store.Changes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last changes, for streams that were cut off or cannot keep up: a ring bounded by number and by bytes. One an HTTP verticle,
 * used on its context only.
 */
final class RecentEvents {
  /** A power of two. */
  private static final int EVENTS_MAX = 1 << 14;

  private static final long BYTES_MAX = 16 << 20;

  private final String life;
  private final long bytesMax;
  private final @Nullable ServerEvent[] ring = new ServerEvent[EVENTS_MAX];
  private long first = 1;
  private long last;
  private boolean begun;
  private long bytes;

  /** The events of the node's life. */
  RecentEvents(String life) {
    this(life, BYTES_MAX);
  }

  RecentEvents(String life, long bytesMax) {
    this.life = life;
    this.bytesMax = bytesMax;
  }

  /** The number of the last event, which was told to be. */
  long last() {
    return last;
  }

  /** The event of this number, up to {@link #last}, if it {@link #continuesAfter} the one before. */
  ServerEvent get(long number) {
    return Objects.requireNonNull(ring[index(number)]);
  }

  /** Whether nothing that came after the event of this number is missing. */
  boolean continuesAfter(long number) {
    return begun && number >= first - 1;
  }

  void add(Changes changes) {
    if (!begun) {
      begun = true;
      first = changes.first();
      last = first - 1;
    }
    for (ViewChange change : changes.changes()) {
      if (last - first + 1 == EVENTS_MAX) {
        drop();
      }
      ServerEvent event = new ServerEvent(life, ++last, change);
      ring[index(last)] = event;
      bytes += event.size();
    }
    while (bytes > bytesMax && first <= last) {
      drop();
    }
  }

  private void drop() {
    bytes -= get(first).size();
    ring[index(first)] = null;
    first++;
  }

  private static int index(long number) {
    return (int) (number & (EVENTS_MAX - 1));
  }
}
