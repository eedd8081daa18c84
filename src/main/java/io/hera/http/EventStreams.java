package io.hera.http;

import io.hera.json.ObjectCursor;
import io.hera.store.Changes;
import io.hera.store.NumberedListing;
import io.hera.store.Store;
import io.hera.store.page.ListingEncoder;
import io.hera.wire.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Clients that follow a service, one instance, or all services, by server-sent events. One an HTTP verticle, used on its context
 * only.
 *
 * <p>A stream begins with a {@code snapshot}, looked at together with the number of the last change before it; each change
 * above that number is an event. No stream has a buffer of its own beyond its socket's: whoever cannot keep up is remembered by
 * the number that it has got, and goes on from {@link RecentEvents} when there is room again, just as one who comes back with
 * {@code Last-Event-ID}. When that does not reach back so far, the client is told to forget what it knows ({@code reset}) and
 * shown everything anew.
 */
final class EventStreams {
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
  private final Tally tally;
  private final Answers answers;
  private final ServiceWalk listing;
  private final RandomGenerator chance;
  private final RecentEvents recent;
  private final Slices<EventStream> behind;
  private final Map<String, Set<EventStream>> byService = new HashMap<>();
  private final Queue<EventStream> quiet = new ArrayDeque<>();
  /** How many turns the streams have waited for since the last that had its turn, all together. */
  private int due;

  /** What was shown last, and how: thousands may come at once, and want the same. */
  private NumberedListing shown = new NumberedListing(Buffer.buffer(), 0);

  private Buffer shownText = Buffer.buffer();
  private boolean closed;

  EventStreams(Vertx vertx, Context context, HttpVerticle.Parts parts, Answers answers) {
    this.store = parts.store();
    this.life = parts.self().life();
    this.tally = parts.tally();
    this.chance = parts.chance();
    this.answers = answers;
    this.listing = new ServiceWalk(store, answers);
    this.recent = new RecentEvents(life);
    this.behind = new Slices<>(context, this::catchUp);
    vertx.setPeriodic(TURN_MILLIS, timer -> showLife());
  }

  /** Listens for changes from now on. */
  Future<Void> start() {
    return store.changes().subscribe(this::changed);
  }

  /** Whether the client wants a stream. */
  static boolean wanted(HttpServerRequest request) {
    return Accepts.has(request, HttpHeaders.ACCEPT, Answers.EVENTS.toString());
  }

  /** Begins a stream. */
  void open(HttpServerRequest request, EventStream.Scope scope) {
    if (!tally.hasRoomForWatcher()) {
      answers.problem(request, Problem.tooManyWatchers());
      return;
    }
    EventStream stream = new EventStream(request, scope);
    answers.beginEvents(request);
    if (closed || request.method().equals(HttpMethod.HEAD)) {
      stream.response.end();
      return;
    }
    byService.computeIfAbsent(scope.service(), any -> new LinkedHashSet<>()).add(stream);
    quiet.add(stream);
    tally.watchers(1);
    stream.response.closeHandler(gone -> forget(stream));
    stream.response.exceptionHandler(gone -> forget(stream));
    int retryMillis = RETRY_MILLIS + chance.nextInt(RETRY_MILLIS);
    stream.response.write("retry: " + retryMillis + "\n\n");
    begin(stream, request.headers().get(LAST_EVENT_ID));
  }

  private void changed(Changes changes) {
    recent.add(changes);
    List<EventStream> concerned = new ArrayList<>();
    for (String service : changes.services().keySet()) {
      for (EventStream stream : byService.getOrDefault(service, Set.of())) {
        if (stream.current) {
          stream.current = false;
          stream.told(Math.max(stream.told, changes.first() - 1));
          concerned.add(stream);
        }
      }
    }
    behind.add(concerned);
  }

  /** Ends all streams, in order, so that clients come back, to another node perhaps. */
  void close() {
    closed = true;
    List<EventStream> all =
        byService.values().stream().flatMap(Collection::stream).toList();
    all.forEach(this::end);
  }

  private void begin(EventStream stream, @Nullable String lastEventId) {
    OptionalLong last = lastEventId == null ? OptionalLong.empty() : number(lastEventId);
    if (last.isPresent() && recent.continuesAfter(last.getAsLong())) {
      stream.told(last.getAsLong());
      catchUp(stream);
    } else {
      show(stream, lastEventId != null);
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
      if (stream.response.writeQueueFull()) {
        stream.drained().onSuccess(drained -> catchUp(stream));
        return;
      }
      ServerEvent event = recent.get(stream.told + 1);
      Buffer text = stream.text(event);
      if (text != null) {
        stream.response.write(text);
      }
      stream.told(event.number());
    }
    stream.current = true;
  }

  /** Begins anew with how things stand. */
  private void show(EventStream stream, boolean again) {
    if (again) {
      stream.response.write(RESET);
    }
    stream.beingShown = true;
    Future<Void> shown = stream.scope.all() ? showAll(stream) : showService(stream);
    shown.onComplete(
        done -> {
          stream.beingShown = false;
          catchUp(stream);
        },
        failure -> end(stream));
  }

  private Future<Void> showService(EventStream stream) {
    return store.numberedListing(stream.scope.service()).compose(look -> {
      stream.response.write(snapshot(stream.scope, look));
      stream.told(look.change());
      return stream.drained();
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
    return listing
        .services()
        .compose(services -> listing.write(services, form, piece -> {
          stream.response.write(piece);
          return stream.drained();
        }));
  }

  /** Who does not read for too long is cut off. */
  private void showLife() {
    due += quiet.size();
    for (; due >= TURNS && !quiet.isEmpty(); due -= TURNS) {
      EventStream stream = quiet.remove();
      if (stream.gone()) {
        continue;
      }
      quiet.add(stream);
      stream.stalls = stream.response.writeQueueFull() ? stream.stalls + 1 : 0;
      if (stream.stalls >= STALLS_MAX) {
        stream.request.connection().close();
      } else if (stream.stalls == 0 && !stream.beingShown) {
        stream.response.write(SIGN_OF_LIFE);
      }
    }
  }

  private void end(EventStream stream) {
    if (!stream.gone()) {
      stream.response.end();
    }
    forget(stream);
  }

  private void forget(EventStream stream) {
    String service = stream.scope.service();
    Set<EventStream> streams = byService.get(service);
    if (streams != null && streams.remove(stream)) {
      tally.watchers(-1);
      stream.left();
      if (streams.isEmpty()) {
        byService.remove(service);
      }
    }
  }
}
