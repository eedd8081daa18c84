package io.hera.http.history;

import io.hera.store.history.EventQuery;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/**
 * The position of one client in a stream of events of the history, and what it gets of them, without I/O. Owned by {@link
 * HistoryStreams}.
 *
 * <p>Of the events of one window, {@value #SINGLE_MAX} are sent as they come. Those beyond are held back until the window ends, and sent
 * then: one by one if they are few, else as their sum.
 *
 * @param <C> the client that receives the events
 */
final class HistoryStream<C> {
  /** Events of a window that are sent one by one. */
  static final int SINGLE_MAX = 50;

  final C client;
  final EventQuery query;
  private final boolean isOneByOne;

  private Phase phase = Phase.BEGINNING;
  private boolean closed;
  private long position;
  private long window;
  private int sent;
  private Optional<Burst> held = Optional.empty();

  HistoryStream(C client, EventTerms terms) {
    this.client = client;
    this.query = terms.query();
    this.isOneByOne = terms.isOneByOne();
  }

  private enum Phase {
    /** The services are being sent, or it is not known yet where the stream begins; events wait. */
    BEGINNING,
    /** Events above {@link #position} are being written, as fast as the client reads. */
    CATCHING_UP,
    /** All events so far are taken: the next one wakes the stream. */
    LIVE
  }

  boolean isBeginning() {
    return phase == Phase.BEGINNING;
  }

  /** Returns the number of the last event that the client has received or does not need. */
  long position() {
    return position;
  }

  /** Begins, perhaps anew: the client has forgotten everything. */
  void begins() {
    phase = Phase.BEGINNING;
    held = Optional.empty();
  }

  /** Goes on with the events after this number. */
  void begun(long number) {
    phase = Phase.CATCHING_UP;
    position = number;
  }

  /** Records that all events so far are taken. */
  void caughtUp() {
    phase = Phase.LIVE;
  }

  /** Wakes the stream; returns whether it was live: if not, it reaches all events without being woken. */
  boolean wake() {
    boolean wakes = phase == Phase.LIVE;
    phase = wakes ? Phase.CATCHING_UP : phase;
    return wakes;
  }

  /** Records the end; returns whether it is the first time. */
  boolean close() {
    boolean closes = !closed;
    closed = true;
    return closes;
  }

  /** Returns whether events are held back. */
  boolean holds() {
    return held.isPresent();
  }

  /** Takes the next events; appends the text to send now. */
  void take(List<SharedEvent> events, long nowWindow, Buffer out) {
    release(nowWindow, out);
    for (SharedEvent event : events) {
      position = event.number();
      if (query.matches(event.event())) {
        take(event, out);
      }
    }
  }

  /** Passes over the events up to a number: those that it wants are taken. */
  void passed(long number) {
    position = Math.max(position, number);
  }

  private void take(SharedEvent event, Buffer out) {
    if (isOneByOne || (held.isEmpty() && sent < SINGLE_MAX)) {
      sent++;
      out.appendBuffer(event.text());
      return;
    }
    if (held.isEmpty()) {
      held = Optional.of(new Burst());
    }
    held.get().add(event);
  }

  /** Appends the events held back in an earlier window. */
  private void release(long nowWindow, Buffer out) {
    if (window == nowWindow) {
      return;
    }
    window = nowWindow;
    sent = 0;
    held.ifPresent(burst -> {
      burst.few().forEach(event -> out.appendBuffer(event.text()));
      sent = burst.few().size();
      if (sent == 0) {
        out.appendBuffer(burst.text());
      }
    });
    held = Optional.empty();
  }
}
