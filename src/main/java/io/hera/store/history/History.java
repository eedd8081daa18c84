package io.hera.store.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The last events of a node, bounded by their number and by the bytes of their documents. Owned by the store, whose thread alone uses
 * it.
 *
 * <p><i>Fair to quiet services.</i> When the ring is full, the service with most events loses its oldest one, and no service has more
 * than {@value #SERVICE_MAX}: one that changes all the time does not push out the past of the others. Many events of one instance
 * within ten minutes are folded: the newest one stays, and says how many it stands for. When there are too many documents, the oldest
 * events lose theirs, and stay.
 *
 * <p>The newest event of an instance says whether the view shows it, and with which document: the events that are left out are the
 * oldest ones of a service, or have a later one of the same instance. {@link Losses} are known by service.
 */
public final class History {
  /** Most events that are kept. */
  public static final int EVENTS_MAX = 1 << 14;

  static final int SERVICE_MAX = 1_000;
  static final long DOCUMENT_BYTES_MAX = 8 << 20;

  private final EventSequence events = new EventSequence();
  private final Map<String, ServiceEvents> services = new HashMap<>();
  private final BySize bySize = new BySize(SERVICE_MAX + 1);
  private final Losses losses = new Losses(services);
  private final Flapping flapping = new Flapping();
  private long documentBytes;
  /** Events up to this number have no documents any more. */
  private long bareUntil;

  private long last;

  /** Returns the number of the last event; 0 before the first. */
  public long last() {
    return last;
  }

  /** Returns the number of the first event after which none of any service is missing, besides those that are folded. */
  public long first() {
    return first(EventQuery.ALL);
  }

  private long first(EventQuery query) {
    return losses.last(query) + 1;
  }

  /** Returns the bytes of all documents held. */
  long documentBytes() {
    return documentBytes;
  }

  /** Adds an event, whose number is above all others; returns it as it is kept. Numbers left out are events that are lost. */
  public HistoryEvent add(HistoryEvent event) {
    if (event.number() > last + 1) {
      losses.loseAny(event.number() - 1);
    }
    last = event.number();
    ServiceEvents service =
        services.computeIfAbsent(event.service(), any -> new ServiceEvents(flapping));
    HistoryEvent kept = event;
    if (service.folds(event.id(), event.atMillis())) {
      HistoryEvent newest = service.newest(event.id());
      remove(service, newest);
      kept = event.folding(newest.folded() + 1);
    }
    put(service, kept);
    bound(service);
    return kept;
  }

  private void bound(ServiceEvents service) {
    if (service.size() > SERVICE_MAX) {
      lose(service);
    }
    if (events.size() > EVENTS_MAX) {
      lose(bySize.largest());
    }
    while (documentBytes > DOCUMENT_BYTES_MAX) {
      HistoryEvent oldest = events.after(bareUntil).findFirst().orElseThrow();
      replace(oldest.withoutDocuments());
      bareUntil = oldest.number();
    }
  }

  private void lose(ServiceEvents service) {
    HistoryEvent oldest = service.events.oldest();
    losses.lose(service, oldest);
    remove(service, oldest);
    if (service.size() == 0) {
      services.remove(oldest.service());
      losses.end(service);
    }
  }

  private void put(ServiceEvents service, HistoryEvent event) {
    if (service.size() > 0) {
      bySize.remove(service);
    }
    service.add(event);
    bySize.add(service);
    events.add(event);
    documentBytes += event.bytes();
  }

  private void remove(ServiceEvents service, HistoryEvent event) {
    bySize.remove(service);
    service.remove(event);
    if (service.size() > 0) {
      bySize.add(service);
    }
    events.remove(event.number());
    documentBytes -= event.bytes();
  }

  private void replace(HistoryEvent lighter) {
    documentBytes -= event(lighter.number()).orElseThrow().bytes() - lighter.bytes();
    events.replace(lighter);
    Objects.requireNonNull(services.get(lighter.service())).events.replace(lighter);
  }

  /** Returns the newest events that are wanted, newest first. */
  public EventPage page(EventPage.Request request) {
    EventQuery query = request.query();
    List<HistoryEvent> wanted = of(query)
        .before(request.before())
        .filter(query::matches)
        .limit(request.max())
        .toList();
    return new EventPage(first(query), last, wanted);
  }

  private EventSequence of(EventQuery query) {
    return query
        .service()
        .map(name -> Optional.ofNullable(services.get(name))
            .map(service -> service.events)
            .orElseGet(EventSequence::new))
        .orElse(events);
  }

  /** Returns the event of this number, if it is kept. */
  public Optional<HistoryEvent> event(long number) {
    return events.get(number);
  }

  /**
   * Returns those that are wanted of the next {@code max} events, at least 1. {@link LaterEvents#first} tells whether some before them
   * are missing.
   */
  public LaterEvents later(LaterEvents.Request request, int max) {
    EventQuery query = request.query();
    List<HistoryEvent> next = of(query).after(request.after()).limit(max).toList();
    long reached = next.size() < max ? last : next.get(max - 1).number();
    return new LaterEvents(
        first(query), last, reached, next.stream().filter(query::matches).toList());
  }

  /** Returns how many instances have ended five times or more since a time. */
  public int flapping(long sinceMillis) {
    return flapping.count(sinceMillis);
  }
}
