package io.hera.http.watch;

import io.hera.http.EventText;
import io.hera.http.Exchange;
import io.hera.http.RequestCounters;
import io.hera.http.StreamClients;
import io.hera.store.ChangeLog;
import io.hera.store.Changes;
import io.hera.store.NextTurn;
import io.hera.store.Slices;
import io.hera.store.Store;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Clients that follow a service, one instance, or all services by server-sent events. One per HTTP verticle, used on its context
 * only.
 *
 * <p>A stream begins with a {@code snapshot}, read together with the number of the last change before it; each change above that
 * number is an event. A stream has no buffer of its own beyond its socket's. A client that cannot keep up is remembered by the
 * number that it has received, and goes on from the {@link ChangeLog} when there is room again, as does one that comes back with {@code
 * Last-Event-ID}. If the log does not reach back so far, a {@code reset} asks the client to forget everything, and a
 * snapshot follows.
 */
final class EventStreams {
  private static final CharSequence LAST_EVENT_ID = HttpHeaders.createOptimized("last-event-id");
  private static final long NO_CHANGE = -1;
  private static final int LONG_BYTES = 128 << 10;

  private final ChangeLog log;
  private final String life;
  private final Snapshots snapshots;
  private final StreamClients clients;
  private final JoinedEvents events;
  private final NetEvents nets;
  private final QuietStreams quiet;
  private final NearStreams near;
  private final Slices<EventStream<Exchange>> behind;
  private final Map<Subject, Set<EventStream<Exchange>>> bySubject = new HashMap<>();

  EventStreams(
      Context context,
      Store store,
      ChangeLog log,
      String life,
      Snapshots snapshots,
      RequestCounters counters,
      RandomGenerator random) {
    this.log = log;
    this.life = life;
    this.snapshots = snapshots;
    this.clients = new StreamClients(context.owner(), counters, random);
    this.events = new JoinedEvents(log, life);
    this.nets = new NetEvents(log, life);
    this.behind = new Slices<>(new NextTurn(context), this::catchUp);
    this.quiet = new QuietStreams(context, log, behind::add);
    this.near = new NearStreams(context, store, life, snapshots, this::end);
  }

  /** Begins a stream. */
  void open(Exchange exchange, Watch watch) {
    if (!clients.begin(exchange)) {
      return;
    }
    EventStream<Exchange> stream =
        new EventStream<>(exchange, watch, exchange.headers(HttpHeaderNames.IF_NONE_MATCH));
    Optional<String> lastEventId = exchange.header(LAST_EVENT_ID);
    if (watch.isNear()) {
      attend(stream);
      near.add(stream, lastOfNear(lastEventId));
    } else {
      add(stream);
      attend(stream);
      begin(stream, lastEventId);
    }
  }

  private void attend(EventStream<Exchange> stream) {
    clients.add(stream.client, () -> !stream.inSnapshot(), () -> forget(stream));
  }

  /** Wakes the streams that the changes concern. */
  void changed(Changes batch) {
    List<EventStream<Exchange>> woken = new ArrayList<>();
    batch.subjects().forEach((subject, changes) -> {
      for (EventStream<Exchange> stream : bySubject.getOrDefault(subject, Set.of())) {
        boolean wholly = subject.equals(stream.selection.subject());
        if (stream.wake(wholly ? changes.get(0).number() : batch.first())) {
          woken.add(stream);
        }
      }
    });
    behind.add(woken);
    quiet.changed(batch);
    near.changed(batch);
  }

  private void add(EventStream<Exchange> stream) {
    if (stream.isQuiet()) {
      quiet.add(stream);
    } else {
      subjects(stream.selection)
          .forEach(subject ->
              bySubject.computeIfAbsent(subject, any -> new LinkedHashSet<>()).add(stream));
    }
  }

  /** Returns the subjects whose changes wake a stream: one that names services sleeps while others change. */
  private static Collection<? extends Subject> subjects(Selection selection) {
    Optional<Set<String>> named =
        selection instanceof Selection.All all ? all.filter().named() : Optional.empty();
    return named.isPresent()
        ? named.get().stream().map(Subject::of).toList()
        : List.of(selection.subject());
  }

  private Optional<Long> last(Optional<String> lastEventId) {
    return lastEventId
        .flatMap(EventText.Id::parse)
        .filter(id -> id.life().equals(life))
        .map(EventText.Id::number);
  }

  /** A client with the id of another life gets a reset. */
  private OptionalLong lastOfNear(Optional<String> lastEventId) {
    return lastEventId.isPresent()
        ? OptionalLong.of(last(lastEventId).orElse(NO_CHANGE))
        : OptionalLong.empty();
  }

  private void begin(EventStream<Exchange> stream, Optional<String> lastEventId) {
    Optional<Long> last = last(lastEventId);
    if (last.isPresent() && log.continuesAfter(last.get())) {
      stream.resume(last.get());
      quiet.allowMissed(stream);
      behind.add(List.of(stream));
    } else {
      lastEventId.ifPresent(cannotContinue -> stream.outdated());
      show(stream);
    }
  }

  /** Writes the next changes that the client has not received yet, if there is room; returns the work that it took. */
  private long catchUp(EventStream<Exchange> stream) {
    if (stream.client.ended()) {
      return Slices.LOOK;
    }
    long end = Math.min(log.last(), stream.limit());
    if (stream.next() > end) {
      stream.caughtUp();
      return Slices.LOOK;
    }
    if (stream.client.isFull()) {
      stream.client.room().onSuccess(room -> behind.add(List.of(stream)));
      return Slices.LOOK;
    }
    Optional<JoinedEvents.Made> made =
        stream.isQuiet() ? nets.upTo(end, stream) : events.after(stream);
    if (made.isEmpty()) {
      stream.outdated();
      show(stream);
      return Slices.WRITE;
    }
    return made.get().work() + write(stream, made.get().joined());
  }

  /** Writes events, and goes on when they are in the socket. The last one that a snapshot may include is followed by its id alone. */
  private long write(EventStream<Exchange> stream, JoinedEvents.Joined joined) {
    boolean between = stream.isBetween();
    stream.passed(joined.last());
    Buffer text = joined.text();
    if (between && !stream.isBetween()) {
      text = text.appendBuffer(new EventText.Id(life, joined.last()).line().appendString("\n"));
    }
    return text.length() == 0 ? goOn(stream) : send(stream, text);
  }

  /** Long texts are sent in pieces, as the client reads. */
  private long send(EventStream<Exchange> stream, Buffer text) {
    if (text.length() <= LONG_BYTES) {
      stream.client.write(text);
      return Slices.WRITE + text.length() + goOn(stream);
    }
    stream.client.sendAll(text).onSuccess(sent -> goOn(stream)).onFailure(failure -> end(stream));
    return Slices.WRITE + LONG_BYTES;
  }

  private long goOn(EventStream<Exchange> stream) {
    behind.add(List.of(stream));
    return 0;
  }

  /** Begins with a snapshot. */
  private void show(EventStream<Exchange> stream) {
    stream.snapshotBegins();
    snapshots
        .write(stream)
        .onSuccess(written -> {
          stream.snapshotWritten();
          behind.add(List.of(stream));
        })
        .onFailure(failure -> end(stream));
  }

  private void end(EventStream<Exchange> stream) {
    clients.end(stream.client, () -> forget(stream));
  }

  private void forget(EventStream<Exchange> stream) {
    if (quiet.remove(stream) || near.remove(stream) || remove(stream)) {
      clients.forgotten();
    }
  }

  private boolean remove(EventStream<Exchange> stream) {
    boolean removed = false;
    for (Subject subject : subjects(stream.selection)) {
      Set<EventStream<Exchange>> streams = bySubject.get(subject);
      if (streams != null && streams.remove(stream)) {
        removed = true;
        if (streams.isEmpty()) {
          bySubject.remove(subject);
        }
      }
    }
    return removed;
  }
}
