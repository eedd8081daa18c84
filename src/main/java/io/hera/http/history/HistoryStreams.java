package io.hera.http.history;

import io.hera.http.EventText;
import io.hera.http.Exchange;
import io.hera.http.RequestCounters;
import io.hera.http.StreamClients;
import io.hera.store.NextTurn;
import io.hera.store.Readiness;
import io.hera.store.Slices;
import io.hera.store.Store;
import io.hera.store.history.HistoryEvent;
import io.hera.store.history.LaterEvents;
import io.hera.wire.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Clients that follow the history. One per HTTP verticle, used on its context only.
 *
 * <p>A stream begins with {@code services}: how many instances each has, at the last event or later. Then come the events. A stream has no
 * buffer beyond its socket's, but for the few events of {@link Burst}. A client that reads slowly is remembered by the number that it has
 * received. It goes on from {@link RecentEvents}, or from the store, when there is room again, as does one that comes back with {@code
 * Last-Event-ID}. If events after its number are lost that it may have wanted, a {@code reset} asks it to forget everything, and {@code
 * services} follows.
 *
 * <p>A node that is not ready does not know its services yet, and has no stream.
 */
public final class HistoryStreams {
  private static final CharSequence LAST_EVENT_ID = HttpHeaders.createOptimized("last-event-id");
  private static final long WINDOW_MILLIS = 250;

  private final Vertx vertx;
  private final Store store;
  private final Readiness readiness;
  private final String life;
  private final StreamClients clients;
  private final RecentEvents recent = new RecentEvents();
  private final ServiceCounts counts;
  private final Slices<HistoryStream<Exchange>> behind;
  private final Set<HistoryStream<Exchange>> streams = new LinkedHashSet<>();
  private long window;
  private boolean windowEnds;

  /**
   * The streams of one HTTP verticle.
   *
   * @param life of the node, part of the ids of events
   */
  public HistoryStreams(
      Context context,
      Store store,
      Readiness readiness,
      String life,
      RequestCounters counters,
      RandomGenerator random) {
    this.vertx = context.owner();
    this.store = store;
    this.readiness = readiness;
    this.life = life;
    this.clients = new StreamClients(vertx, counters, random);
    this.counts = new ServiceCounts(vertx, store);
    this.behind = new Slices<>(new NextTurn(context), this::catchUp);
  }

  /** Subscribes to events. */
  public Future<Void> start() {
    return store.events().subscribe(this::happened);
  }

  /** Begins a stream. */
  void open(Exchange exchange, EventTerms terms) {
    if (!readiness.synchronised()) {
      exchange.problem(Problem.recovering());
      return;
    }
    if (!clients.begin(exchange)) {
      return;
    }
    HistoryStream<Exchange> stream = new HistoryStream<>(exchange, terms);
    streams.add(stream);
    clients.add(exchange, () -> !stream.isBeginning(), () -> forget(stream));
    exchange
        .header(LAST_EVENT_ID)
        .ifPresentOrElse(last -> resume(stream, last), () -> begin(stream));
  }

  private void end(HistoryStream<Exchange> stream) {
    clients.end(stream.client, () -> forget(stream));
  }

  private void forget(HistoryStream<Exchange> stream) {
    if (stream.close()) {
      streams.remove(stream);
      clients.forgotten();
    }
  }

  private void happened(List<HistoryEvent> events) {
    if (streams.isEmpty()) {
      recent.clear();
      recent.exists(events.get(events.size() - 1).number());
      return;
    }
    events.forEach(event -> recent.add(new SharedEvent(event, life)));
    wake(streams);
  }

  private void wake(Set<HistoryStream<Exchange>> some) {
    List<HistoryStream<Exchange>> woken = new ArrayList<>();
    for (HistoryStream<Exchange> stream : some) {
      if (stream.wake()) {
        woken.add(stream);
      }
    }
    behind.add(woken);
  }

  // The beginning.

  /** Sends the services as of the last event. */
  private void begin(HistoryStream<Exchange> stream) {
    stream.begins();
    store
        .eventsAfter(new LaterEvents.Request(stream.query, Long.MAX_VALUE))
        .compose(page -> beginAfter(stream, page.last()))
        .onSuccess(sent -> behind.add(List.of(stream)))
        .onFailure(failure -> end(stream));
  }

  private Future<Void> beginAfter(HistoryStream<Exchange> stream, long number) {
    EventText.Id id = new EventText.Id(life, number);
    recent.exists(number);
    return counts
        .of(stream.query)
        .compose(json -> stream.client.sendAll(EventText.of(id, "services", json)))
        .onSuccess(sent -> stream.begun(number));
  }

  private void reset(HistoryStream<Exchange> stream) {
    stream.client.write(EventText.reset());
    begin(stream);
  }

  /** Goes on after the event with this id, if none after it is lost. */
  private void resume(HistoryStream<Exchange> stream, String lastId) {
    EventText.Id last = EventText.Id.parse(lastId).orElse(new EventText.Id("", -1));
    store
        .event(last.number())
        .compose(event -> {
          String itsLife = event.map(HistoryEvent::life).orElse(life);
          return itsLife.equals(last.life())
              ? store.eventsAfter(new LaterEvents.Request(stream.query, last.number()))
              : Future.succeededFuture(new LaterEvents(Long.MAX_VALUE, 0, 0, List.of()));
        })
        .onSuccess(page -> {
          stream.begun(last.number());
          takeOrReset(stream, page);
        })
        .onFailure(failure -> end(stream));
  }

  // The events.

  /** Writes the next events that the client has not received yet, if there is room; returns the work that it took. */
  private long catchUp(HistoryStream<Exchange> stream) {
    if (stream.client.ended()) {
      return Slices.LOOK;
    }
    if (stream.client.isFull()) {
      stream.client.room().onSuccess(room -> behind.add(List.of(stream)));
      return Slices.LOOK;
    }
    return recent
        .after(stream.position())
        .map(events -> take(stream, events, stream.position()))
        .orElseGet(() -> ask(stream));
  }

  private long take(HistoryStream<Exchange> stream, List<SharedEvent> events, long reached) {
    long before = stream.position();
    Buffer text = Buffer.buffer();
    stream.take(events, window, text);
    stream.passed(reached);
    if (text.length() > 0) {
      stream.client.write(text);
    }
    if (text.length() > 0 || stream.holds()) {
      endWindow();
    }
    if (stream.position() == before) {
      stream.caughtUp();
      return Slices.LOOK + text.length();
    }
    behind.add(List.of(stream));
    return Slices.WRITE + (SharedEvent.WORK + Slices.LOOK) * events.size();
  }

  /** Asks the store for events that are not here any more. */
  private long ask(HistoryStream<Exchange> stream) {
    store
        .eventsAfter(new LaterEvents.Request(stream.query, stream.position()))
        .onSuccess(page -> takeOrReset(stream, page))
        .onFailure(failure -> end(stream));
    return Slices.WRITE;
  }

  /** Takes events of the store; if some before them are lost, or there is no such position, the stream begins anew. */
  private void takeOrReset(HistoryStream<Exchange> stream, LaterEvents page) {
    boolean isLost = page.first() > stream.position() + 1 || page.last() < stream.position();
    if (isLost) {
      reset(stream);
      return;
    }
    recent.exists(page.last());
    take(
        stream,
        page.events().stream().map(event -> new SharedEvent(event, life)).toList(),
        page.reached());
  }

  /** Ends the window in a while: streams send what they hold back. */
  private void endWindow() {
    if (!windowEnds) {
      windowEnds = true;
      vertx.setTimer(WINDOW_MILLIS, over -> {
        windowEnds = false;
        window++;
        wake(holding());
      });
    }
  }

  private Set<HistoryStream<Exchange>> holding() {
    Set<HistoryStream<Exchange>> holding = new LinkedHashSet<>();
    for (HistoryStream<Exchange> stream : streams) {
      if (stream.holds()) {
        holding.add(stream);
      }
    }
    return holding;
  }
}
