package io.hera.http.history;

import io.hera.http.EventText;
import io.hera.json.JsonWriter;
import io.hera.store.Slices;
import io.hera.store.history.EventJson;
import io.hera.store.history.HistoryEvent;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * An event as streams send it: encoded when a stream first sends it, written to many. One per HTTP verticle, used on its context only.
 */
final class SharedEvent {
  /** What it costs to encode one, mostly the words that explain it: 10 µs. */
  static final long WORK = 8 * Slices.LOOK;

  private static final int BYTES = 512;
  /** Stands for documents, which would be kept from the garbage collector. */
  private static final HistoryEvent.Documents KEPT = new HistoryEvent.Documents(null, null);

  private final HistoryEvent event;
  private final String life;
  private @Nullable Buffer text;

  /** An event for the streams of a node of this life. */
  SharedEvent(HistoryEvent event, String life) {
    this.event = event.documents() == null ? event : event.with(KEPT);
    this.life = life;
  }

  /** Returns the event without its documents. */
  HistoryEvent event() {
    return event;
  }

  long number() {
    return event.number();
  }

  /** Returns about how many bytes it takes. */
  int bytes() {
    return 2 * BYTES + 4 * (event.service().length() + event.id().length());
  }

  EventText.Id id() {
    return new EventText.Id(event.life(), event.number());
  }

  /** Returns the whole server-sent event. */
  Buffer text() {
    Buffer known = text;
    if (known == null) {
      JsonWriter json = new JsonWriter(BYTES);
      EventJson.write(json, event, life);
      known = EventText.of(id(), "change", Buffer.buffer(json.toBytes()));
      text = known;
    }
    return known;
  }
}
