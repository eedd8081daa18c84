package io.hera.http;

import io.hera.json.ObjectCursor;
import io.hera.store.Changes;
import io.hera.store.NumberedListing;
import io.hera.store.Store;
import io.hera.store.page.ListingEncoder;
import io.hera.store.page.Subject;
import io.hera.wire.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Clients that follow a service, one instance, or all services, by server-sent events. One per HTTP verticle, used on its context
 * only.
 *
 * <p>A stream begins with a {@code snapshot}, looked at together with the number of the last change before it; each change
 * above that number is an event. No stream has a buffer of its own beyond its socket's: whoever cannot keep up is remembered by
 * the number that it has got, and goes on from {@link RecentEvents} when there is room again, just as one who comes back with
 * {@code Last-Event-ID}. When that does not reach back so far, the client is told to forget what it knows ({@code reset}) and
 * shown everything anew.
 */
public final class EventStreams {
  private static final CharSequence LAST_EVENT_ID = HttpHeaders.createOptimized("last-event-id");
  private static final Buffer SIGN_OF_LIFE = Buffer.buffer(":\n\n");
  private static final Buffer RESET = Buffer.buffer("event: reset\ndata: {}\n\n");

  /** All get a sign of life within 15 s: in each turn some of them. */
  private static final long TURN_MILLIS = 250;

  private static final int TURNS = 60;
  /** A minute without reading. */
  private static final int STALLS_MAX = 4;

  private static final int RETRY_MILLIS = 1_000;

  private final Store store;
  private final String life;
  private final RequestCounters counters;
  private final ServiceWalk walk;
  private final RandomGenerator random;
  private final RecentEvents recent;
  private final Slices<EventStream> behind;
  private final Map<Subject, Set<EventStream>> bySubject = new HashMap<>();
  private final Queue<EventStream> quiet = new ArrayDeque<>();
  /** How many turns the streams have waited for since the last that had its turn, all together. */
  private int due;

  /** What was shown last, and how: thousands may come at once, and want the same. */
  private NumberedListing shown = new NumberedListing(Buffer.buffer(), 0);

  private Buffer shownText = Buffer.buffer();

  public EventStreams(
      Context context,
      Store store,
      String life,
      ServiceWalk walk,
      RequestCounters counters,
      RandomGenerator random) {
    this.store = store;
    this.life = life;
    this.walk = walk;
    this.counters = counters;
    this.random = random;
    this.recent = new RecentEvents(life);
    this.behind = new Slices<>(context, this::catchUp);
    context.owner().setPeriodic(TURN_MILLIS, timer -> showLife());
  }

  /** Subscribes to changes. */
  public Future<Void> start() {
    return store.changes().subscribe(this::changed);
  }

  /** Begins a stream. */
  void open(Exchange exchange, EventStream.Scope scope) {
    if (!counters.hasRoomForWatcher()) {
      exchange.problem(Problem.tooManyWatchers());
      return;
    }
    EventStream stream = new EventStream(exchange, scope);
    exchange.beginEvents();
    if (exchange.draining() || exchange.ended()) {
      exchange.end();
      return;
    }
    bySubject.computeIfAbsent(scope.subject(), any -> new LinkedHashSet<>()).add(stream);
    quiet.add(stream);
    counters.watchers(1);
    exchange.onDisconnect(() -> forget(stream));
    exchange.onDrain(() -> end(stream));
    int retryMillis = RETRY_MILLIS + random.nextInt(RETRY_MILLIS);
    exchange.write(Buffer.buffer("retry: " + retryMillis + "\n\n"));
    begin(stream, exchange.header(LAST_EVENT_ID));
  }

  private void changed(Changes changes) {
    recent.add(changes);
    List<EventStream> concerned = new ArrayList<>();
    for (Subject subject : changes.subjects().keySet()) {
      for (EventStream stream : bySubject.getOrDefault(subject, Set.of())) {
        if (stream.current) {
          stream.current = false;
          stream.told(Math.max(stream.told, changes.first() - 1));
          concerned.add(stream);
        }
      }
    }
    behind.add(concerned);
  }

  private void begin(EventStream stream, Optional<String> lastEventId) {
    OptionalLong last = lastEventId.map(this::number).orElseGet(OptionalLong::empty);
    if (last.isPresent() && recent.continuesAfter(last.getAsLong())) {
      stream.told(last.getAsLong());
      catchUp(stream);
    } else {
      show(stream, lastEventId.isPresent());
    }
  }

  /** What an id of this life counts; empty for any other. */
  private OptionalLong number(String id) {
    int colon = id.indexOf(':');
    if (colon < 0 || !id.substring(0, colon).equals(life)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(id.substring(colon + 1)));
    } catch (NumberFormatException noNumber) {
      return OptionalLong.empty();
    }
  }

  /** Sends what there is as far as there is room. */
  private void catchUp(EventStream stream) {
    while (stream.told < recent.last()) {
      if (!recent.continuesAfter(stream.told)) {
        show(stream, true);
        return;
      }
      if (stream.exchange.isFull()) {
        stream.exchange.room().onSuccess(drained -> catchUp(stream));
        return;
      }
      ServerEvent event = recent.get(stream.told + 1);
      Buffer text = stream.text(event);
      if (text != null) {
        stream.exchange.write(text);
      }
      stream.told(event.number());
    }
    stream.current = true;
  }

  /** Begins anew with how things stand. */
  private void show(EventStream stream, boolean again) {
    if (again) {
      stream.exchange.write(RESET);
    }
    stream.beingShown = true;
    Future<Void> shown = stream.scope.subject() instanceof Subject.Service service
        ? showService(stream, service.name())
        : showAll(stream);
    shown.onComplete(
        done -> {
          stream.beingShown = false;
          catchUp(stream);
        },
        failure -> end(stream));
  }

  private Future<Void> showService(EventStream stream, String service) {
    return store.numberedListing(service).compose(look -> {
      stream.exchange.write(snapshot(stream.scope, look));
      stream.told(look.change());
      return stream.exchange.room();
    });
  }

  private Buffer snapshot(EventStream.Scope scope, NumberedListing look) {
    if (scope.id().isPresent() || !scope.filter().isEmpty()) {
      Buffer json = scope.filter().of(look.json());
      Buffer chosen = scope.id().map(id -> one(json, id)).orElse(json);
      return ServerEvent.text(life, look.change(), "snapshot", chosen);
    }
    if (look.json() != shown.json() || look.change() != shown.change()) {
      shown = look;
      shownText = ServerEvent.text(life, look.change(), "snapshot", look.json());
    }
    return shownText;
  }

  private static Buffer one(Buffer json, String id) {
    ObjectCursor instances = new ObjectCursor(json.getBytes());
    while (instances.next()) {
      if (instances.name().equals(id)) {
        Buffer one = ListingEncoder.name(Buffer.buffer("{"), id);
        return one.appendBytes(instances.value()).appendString("}");
      }
    }
    return Buffer.buffer("{}");
  }

  /** Service by service, each as it is when its turn comes: later events tell only what came after that. */
  private Future<Void> showAll(EventStream stream) {
    long before = recent.last();
    stream.told(before);
    Buffer head = ServerEvent.head(life, before, "snapshot").appendString("{");
    ServiceWalk.Form form = new ServiceWalk.Form(
        head,
        (service, look) -> {
          stream.shown(service, look.change());
          return ServerEvent.lines(Buffer.buffer(), ServiceWalk.member(service, look));
        },
        Buffer.buffer("}\n\n"));
    return walk.services()
        .compose(services -> walk.write(services, form, piece -> {
          stream.exchange.write(piece);
          return stream.exchange.room();
        }));
  }

  /** Who does not read for too long is cut off. */
  private void showLife() {
    due += quiet.size();
    for (; due >= TURNS && !quiet.isEmpty(); due -= TURNS) {
      EventStream stream = quiet.remove();
      if (stream.exchange.ended()) {
        continue;
      }
      quiet.add(stream);
      stream.stalls = stream.exchange.isFull() ? stream.stalls + 1 : 0;
      if (stream.stalls >= STALLS_MAX) {
        stream.exchange.abort();
      } else if (stream.stalls == 0 && !stream.beingShown) {
        stream.exchange.write(SIGN_OF_LIFE);
      }
    }
  }

  private void end(EventStream stream) {
    stream.exchange.end();
    forget(stream);
  }

  private void forget(EventStream stream) {
    Subject subject = stream.scope.subject();
    Set<EventStream> streams = bySubject.get(subject);
    if (streams != null && streams.remove(stream)) {
      counters.watchers(-1);
      if (streams.isEmpty()) {
        bySubject.remove(subject);
      }
    }
  }
}
