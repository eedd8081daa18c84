package io.hera.store;

import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Divergence;
import io.hera.registry.Drains;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.registry.SnapshotPage;
import io.hera.registry.View;
import io.hera.store.history.EventPage;
import io.hera.store.history.HistoryEvent;
import io.hera.store.history.LaterEvents;
import io.hera.store.page.Listing;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Asks the store over the event bus, one address per method. The only class that knows the addresses. */
public final class BusStore extends BusReads {
  private final Verb<List<Write>, List<Outcome>> write;
  private final Verb<Key, Optional<InstanceView>> find;
  private final Verb<Subject, Listing> listing;
  private final Verb<Selection.Listed, Listing> matching;
  private final Verb<View.Extent, SortedMap<String, Integer>> services;
  private final Verb<List<String>, Map<String, Integer>> instanceCounts;
  private final Verb<DrainCommand, DrainReply> drain;
  private final Verb<Done, List<Drains.State>> drains;
  private final Verb<Selection.Part, NumberedListing> snapshot;
  private final Verb<String, NumberedListing> snapshotUncached;
  private final Verb<String, Digest> digest;
  private final Verb<String, Digest> nextDigest;
  private final Verb<DeltaRequest, DeltaReply> delta;
  private final Verb<Reception, Receipt> receive;
  private final Verb<Divergence, Done> diverged;
  private final Verb<Done, List<String>> origins;
  private final Verb<EntriesAbove, SnapshotPage> page;
  private final Verb<Done, Delta> drainEntries;
  private final Verb<SavedPage, Done> restore;
  private final Verb<String, Done> recovered;
  private final Verb<String, Done> synchronised;
  private final Verb<Done, StoreStatus> status;
  private final Verb<StoreSettings, Done> configure;
  private final Verb<EventPage.Request, EventPage> events;
  private final Verb<Long, Optional<HistoryEvent>> event;
  private final Verb<LaterEvents.Request, LaterEvents> eventsAfter;
  private final Verb<List<HistoryEvent>, Done> restoreEvents;
  private final Verb<Set<String>, Done> join;

  /**
   * The store of the node that has the given life.
   *
   * @param life unique within the Vert.x, which several nodes may share: part of the addresses
   */
  public BusStore(Vertx vertx, String life) {
    super(vertx.eventBus(), prefix(life));
    EventBus bus = vertx.eventBus();
    LocalCodec.register(bus);
    String prefix = prefix(life);
    write = new Verb<>(bus, prefix + "write");
    find = new Verb<>(bus, prefix + "find");
    listing = new Verb<>(bus, prefix + "listing");
    matching = new Verb<>(bus, prefix + "matching");
    services = new Verb<>(bus, prefix + "services");
    instanceCounts = new Verb<>(bus, prefix + "instanceCounts");
    drain = new Verb<>(bus, prefix + "drain");
    drains = new Verb<>(bus, prefix + "drains");
    snapshot = new Verb<>(bus, prefix + "snapshot");
    snapshotUncached = new Verb<>(bus, prefix + "snapshotUncached");
    digest = new Verb<>(bus, prefix + "digest");
    nextDigest = new Verb<>(bus, prefix + "nextDigest");
    delta = new Verb<>(bus, prefix + "delta");
    receive = new Verb<>(bus, prefix + "receive");
    diverged = new Verb<>(bus, prefix + "diverged");
    origins = new Verb<>(bus, prefix + "origins");
    page = new Verb<>(bus, prefix + "page");
    drainEntries = new Verb<>(bus, prefix + "drain-entries");
    restore = new Verb<>(bus, prefix + "restore");
    recovered = new Verb<>(bus, prefix + "recovered");
    synchronised = new Verb<>(bus, prefix + "synchronised");
    status = new Verb<>(bus, prefix + "status");
    configure = new Verb<>(bus, prefix + "configure");
    events = new Verb<>(bus, prefix + "events");
    event = new Verb<>(bus, prefix + "event");
    eventsAfter = new Verb<>(bus, prefix + "eventsAfter");
    restoreEvents = new Verb<>(bus, prefix + "restoreEvents");
    join = new Verb<>(bus, prefix + "join");
  }

  private static String prefix(String life) {
    return "store." + life + ".";
  }

  /** Has requests handled by {@code handlers} on the caller's context; completes when all are. */
  Future<Void> bind(StoreHandlers handlers) {
    return Future.all(List.of(
            write.handleLater(handlers::write),
            find.handle(handlers::find),
            listing.handleLater(handlers.reads()::listing),
            matching.handleLater(handlers.reads()::matching),
            services.handleLater(handlers.reads()::services),
            instanceCounts.handle(handlers.reads()::instanceCounts),
            drain.handleLater(handlers::drain),
            drains.handle(nothing -> handlers.drains()),
            snapshot.handleLater(handlers.reads()::snapshot),
            snapshotUncached.handleLater(handlers.reads()::snapshotUncached),
            digest.handle(handlers::digest),
            nextDigest.handle(handlers::nextDigest),
            delta.handleLater(handlers::delta),
            receive.handleLater(handlers::receive),
            diverged.handle(done(handlers::diverged)),
            origins.handle(nothing -> handlers.saved().origins()),
            page.handle(handlers.saved()::page),
            drainEntries.handle(nothing -> handlers.saved().drainEntries()),
            restore.handle(done(handlers.saved()::restore)),
            recovered.handle(done(handlers::recovered)),
            synchronised.handle(done(handlers::synchronised)),
            status.handle(nothing -> handlers.status()),
            configure.handle(done(handlers::configure)),
            events.handle(handlers.history().events()::page),
            event.handle(handlers.history().events()::event),
            eventsAfter.handle(
                request -> handlers.history().events().later(request, LATER_EVENTS_MAX)),
            restoreEvents.handle(done(handlers.history()::restore)),
            join.handle(done(handlers::join)),
            bindReads(handlers.reads())))
        .mapEmpty();
  }

  private static <Q> Function<Q, Done> done(Consumer<Q> handler) {
    return request -> {
      handler.accept(request);
      return Done.DONE;
    };
  }

  /** Stands for no request and for no reply: a message without a body could be lost unseen. */
  private enum Done {
    DONE
  }

  @Override
  public Future<List<Outcome>> write(List<Write> writes) {
    return write.ask(writes);
  }

  @Override
  public Future<Optional<InstanceView>> find(Key key) {
    return find.ask(key);
  }

  @Override
  public Future<Listing> listing(Subject subject) {
    return listing.ask(subject);
  }

  @Override
  public Future<Listing> matching(Selection.Listed selection) {
    return matching.ask(selection);
  }

  @Override
  public Future<SortedMap<String, Integer>> services(View.Extent extent) {
    return services.ask(extent);
  }

  @Override
  public Future<Map<String, Integer>> instanceCounts(List<String> some) {
    return instanceCounts.ask(some);
  }

  @Override
  public Future<DrainReply> drain(DrainCommand command) {
    return drain.ask(command);
  }

  @Override
  public Future<List<Drains.State>> drains() {
    return drains.ask(Done.DONE);
  }

  @Override
  public Future<NumberedListing> snapshot(Selection.Part selection) {
    return snapshot.ask(selection);
  }

  @Override
  public Future<NumberedListing> snapshotUncached(String service) {
    return snapshotUncached.ask(service);
  }

  @Override
  public Future<Digest> digest(String peer) {
    return digest.ask(peer);
  }

  @Override
  public Future<Digest> nextDigest(String peer) {
    return nextDigest.ask(peer);
  }

  @Override
  public Future<DeltaReply> delta(DeltaRequest request) {
    return delta.ask(request);
  }

  @Override
  public Future<Receipt> receive(Reception reception) {
    return receive.ask(reception);
  }

  @Override
  public Future<Void> diverged(Divergence found) {
    return diverged.ask(found).mapEmpty();
  }

  @Override
  public Future<List<String>> origins() {
    return origins.ask(Done.DONE);
  }

  @Override
  public Future<SnapshotPage> page(EntriesAbove asked) {
    return page.ask(asked);
  }

  @Override
  public Future<Delta> drainEntries() {
    return drainEntries.ask(Done.DONE);
  }

  @Override
  public Future<Void> restore(SavedPage some) {
    return restore.ask(some).mapEmpty();
  }

  @Override
  public Future<Void> recovered(String how) {
    return recovered.ask(how).mapEmpty();
  }

  @Override
  public Future<Void> synchronised(String how) {
    return synchronised.ask(how).mapEmpty();
  }

  @Override
  public Future<StoreStatus> status() {
    return status.ask(Done.DONE);
  }

  @Override
  public Future<Void> configure(StoreSettings settings) {
    return configure.ask(settings).mapEmpty();
  }

  @Override
  public Future<EventPage> events(EventPage.Request request) {
    return events.ask(request);
  }

  @Override
  public Future<Optional<HistoryEvent>> event(long number) {
    return event.ask(number);
  }

  @Override
  public Future<LaterEvents> eventsAfter(LaterEvents.Request request) {
    return eventsAfter.ask(request);
  }

  @Override
  public Future<Void> restoreEvents(List<HistoryEvent> former) {
    return restoreEvents.ask(former).mapEmpty();
  }

  @Override
  public Future<Void> join(Set<String> members) {
    return join.ask(members).mapEmpty();
  }
}
