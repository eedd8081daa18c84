package io.hera.http.watch;

import io.hera.http.EventText;
import io.hera.http.watch.JoinedEvents.Joined;
import io.hera.http.watch.JoinedEvents.Made;
import io.hera.registry.Change;
import io.hera.registry.Key;
import io.hera.store.ChangeLog;
import io.hera.store.Changes;
import io.hera.store.LoggedChange;
import io.hera.store.Slices;
import io.hera.store.page.Selection;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sum of many changes: for each instance at most one event, and none if its content is what it was. They are joined into one
 * text, made once for all streams that have selected the same and are at the same place. One per HTTP verticle, used on its context only.
 *
 * <p>Only the last event has an id. A client that comes back with an older one gets them all again, which leaves it with the same
 * instances.
 */
final class NetEvents {
  /** Work of one text: some milliseconds, and half of the changes that the log keeps. The rest comes in a further text. */
  private static final long WORK_MAX = 4 << 20;

  /** Work of one change or batch: no more than a look into a map. */
  private static final long LOOK = Slices.LOOK / 4;

  private static final int KEPT_MAX = 32;
  private static final long KEPT_BYTES_MAX = 8 << 20;

  private final ChangeLog log;
  private final String life;
  private final Map<Place, Joined> kept = new LinkedHashMap<>();
  private long keptBytes;

  NetEvents(ChangeLog log, String life) {
    this.log = log;
    this.life = life;
  }

  private record Place(Selection selection, long next, long end) {}

  /** The first and the last change of one instance. */
  private record Net(Change first, LoggedChange last) {}

  /** Returns the events of a stream up to the change {@code end}; empty if the log has dropped the first of the changes. */
  Optional<Made> upTo(long end, EventStream<?> stream) {
    Place place = new Place(stream.selection, stream.next(), end);
    Joined known = stream.isBetween() ? null : kept.get(place);
    if (known != null) {
      return Optional.of(new Made(known, Slices.LOOK));
    }
    if (log.batch(stream.next()).isEmpty()) {
      return Optional.empty();
    }
    Draft draft = new Draft(stream);
    draft.fill(end);
    Joined joined = new Joined(draft.text(), draft.last);
    if (!stream.isBetween()) {
      keep(place, joined);
    }
    return Optional.of(new Made(joined, draft.work));
  }

  private void keep(Place place, Joined joined) {
    kept.put(place, joined);
    keptBytes += joined.text().length();
    while (kept.size() > KEPT_MAX || (keptBytes > KEPT_BYTES_MAX && kept.size() > 1)) {
      Iterator<Joined> oldest = kept.values().iterator();
      keptBytes -= oldest.next().text().length();
      oldest.remove();
    }
  }

  /** The changes so far. */
  private final class Draft {
    private final EventStream<?> stream;
    /** In the order of the last changes. */
    private final Map<Key, Net> nets = new LinkedHashMap<>();

    private long last;
    private long work;

    Draft(EventStream<?> stream) {
      this.stream = stream;
      this.last = stream.next() - 1;
    }

    void fill(long end) {
      while (last < end && work < WORK_MAX) {
        Optional<Changes> batch = log.batch(last + 1);
        if (batch.isEmpty()) {
          return;
        }
        add(batch.get(), Math.min(end, batch.get().last()));
      }
    }

    private void add(Changes batch, long end) {
      work += LOOK;
      for (LoggedChange change : batch.of(stream.selection.subject(), last + 1)) {
        if (change.number() > end) {
          break;
        }
        work += LOOK;
        if (stream.needs(change)) {
          add(change);
        }
      }
      last = end;
    }

    private void add(LoggedChange change) {
      Net known = nets.remove(change.change().key());
      nets.put(
          change.change().key(), new Net(known == null ? change.change() : known.first, change));
    }

    Buffer text() {
      Buffer text = Buffer.buffer();
      for (Net net : nets.values()) {
        ServerEvent event =
            net.last.derived(ServerEvent.class, logged -> new ServerEvent(life, logged));
        stream.net(net.first, event).ifPresent(text::appendBuffer);
        work += stream.filterWork(net.first) + stream.filterWork(event.change());
      }
      work += text.length();
      return text.length() == 0 || stream.isBetween()
          ? text
          : text.appendBuffer(new EventText.Id(life, last).line()).appendString("\n");
    }
  }
}
