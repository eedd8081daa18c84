package io.hera.http.watch;

import io.hera.store.ChangeLog;
import io.hera.store.Changes;
import io.hera.store.LoggedChange;
import io.hera.store.Slices;
import io.hera.store.page.Selection;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The events that follow a number, joined into texts of bounded size, each of which a stream writes at once. A text is made once
 * for all streams that have selected the same and have received the same. One per HTTP verticle, used on its context only.
 */
final class JoinedEvents {
  /** Bytes of a text, which its last event may exceed. */
  private static final int TEXT_BYTES = 64 << 10;

  /** Work to make a text, which may be much more than its bytes where a filter leaves most events out. */
  private static final long WORK_MAX = 1 << 20;

  private static final int KEPT_MAX = 32;

  private final ChangeLog log;
  private final String life;
  private final Map<Place, Joined> kept = new LinkedHashMap<>();

  JoinedEvents(ChangeLog log, String life) {
    this.log = log;
    this.life = life;
  }

  /** The place of a stream that has no part of its own in the events: no snapshot includes some of them. */
  private record Place(Selection selection, long next) {}

  /**
   * Events of one selection.
   *
   * @param text of them all; empty if none of the changes concerns the selection
   * @param last number of the last change that was looked at
   */
  record Joined(Buffer text, long last) {}

  /** Events, and what it took to make or find them. */
  record Made(Joined joined, long work) {}

  /** Returns the next events of a stream; empty if the log has dropped the first of the changes. */
  Optional<Made> after(EventStream<?> stream) {
    Place place = new Place(stream.selection, stream.next());
    Joined known = stream.isBetween() ? null : kept.get(place);
    if (known != null) {
      return Optional.of(new Made(known, Slices.LOOK));
    }
    if (log.batch(stream.next()).isEmpty()) {
      return Optional.empty();
    }
    Draft draft = new Draft(stream);
    draft.fill();
    Joined joined = new Joined(draft.text, draft.last);
    if (!stream.isBetween()) {
      keep(place, joined);
    }
    return Optional.of(new Made(joined, draft.work));
  }

  private void keep(Place place, Joined joined) {
    kept.put(place, joined);
    if (kept.size() > KEPT_MAX) {
      kept.remove(kept.keySet().iterator().next());
    }
  }

  /** Each change is encoded once, for all streams of the node. */
  private ServerEvent event(LoggedChange change) {
    return change.derived(ServerEvent.class, logged -> new ServerEvent(life, logged));
  }

  /** A text under construction. */
  private final class Draft {
    private final EventStream<?> stream;
    private final Buffer text = Buffer.buffer();
    private long last;
    private long work;

    Draft(EventStream<?> stream) {
      this.stream = stream;
      this.last = stream.next() - 1;
    }

    void fill() {
      long end = Math.min(log.last(), stream.isBetween() ? stream.includedUpTo() : Long.MAX_VALUE);
      while (last < end && !isFull()) {
        Optional<Changes> batch = log.batch(last + 1);
        if (batch.isEmpty()) {
          return;
        }
        add(batch.get(), Math.min(end, batch.get().last()));
      }
    }

    /** Adds the changes of a batch up to {@code end}, as far as there is room. */
    private void add(Changes batch, long end) {
      work += Slices.LOOK;
      for (LoggedChange change : batch.of(stream.selection.subject(), last + 1)) {
        if (change.number() > end || isFull()) {
          break;
        }
        add(event(change));
        last = change.number();
      }
      last = isFull() ? last : end;
    }

    private void add(ServerEvent event) {
      int before = text.length();
      stream.text(event).ifPresent(text::appendBuffer);
      work += Slices.LOOK + stream.filterWork(event.change()) + text.length() - before;
    }

    private boolean isFull() {
      return text.length() >= TEXT_BYTES || work >= WORK_MAX;
    }
  }
}
