package io.hera.store;

import io.hera.registry.ContentHash;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.Merged;
import io.hera.registry.OriginDelta;
import io.hera.registry.Outcome;
import io.hera.registry.Registry;
import io.hera.registry.RegistryLimits;
import io.hera.registry.RegistryStats;
import io.hera.registry.ViewChange;
import io.hera.store.page.Listing;
import io.hera.store.page.ListingCache;
import io.hera.store.page.ListingLayout;
import io.hera.store.page.PublishedListings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the node's {@link Registry}, the only one to do so: answers what is asked of it, and lets time pass for it. */
public final class StoreVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(StoreVerticle.class);

  /** Few enough to take a few milliseconds; what is left is looked at in the next turn of the event loop. */
  private static final int PURGE_SLOTS_MAX = 10_000;

  private final Store store;
  private final PublishedListings views;
  private final Identity self;
  private final PeerIdentities lives;
  private final Registry registry;
  private final ListingCache sheets;
  private final News news;
  private final Histogram propagation = new Histogram();
  private final InstantSource wall;
  private final LongSupplier monotonicNanos;
  private final Map<String, Store.PeerReport> peers = new TreeMap<>();
  private final Map<String, Digest> digests = new TreeMap<>();
  private Set<String> members;
  private long livenessMillis;

  /**
   * The state of one node.
   *
   * @param hash tells what the content of an instance is
   * @param wall unix time
   * @param monotonicNanos never goes back
   */
  public StoreVerticle(
      Store store,
      PublishedListings views,
      Identity self,
      Store.Settings settings,
      ContentHash hash,
      InstantSource wall,
      LongSupplier monotonicNanos) {
    this.store = store;
    this.views = views;
    this.self = self;
    this.lives = new PeerIdentities(self.name(), self.life());
    this.members = settings.members();
    this.livenessMillis = settings.bounds().livenessMillis();
    this.wall = wall;
    this.monotonicNanos = monotonicNanos;
    RegistryLimits bounds = settings.bounds();
    this.registry =
        new Registry(self.name(), members, bounds, wall, monotonicNanos, hash, this::changed);
    this.sheets = new ListingCache(registry);
    this.news = new News(this::later, store.changed::publish);
  }

  /** Who a node is: its name in the cluster, and the random life of this process. */
  public record Identity(String name, String life) {}

  @Override
  public Future<?> start() {
    WriteNotifier written =
        new WriteNotifier(() -> store.written.publish(Store.Done.DONE), this::later);
    DeltaResponses answering = new DeltaResponses(registry, written, self.name(), monotonicNanos);
    vertx.setPeriodic(Registry.PURGE_INTERVAL_MILLIS, timer -> purge(written));
    return Future.all(List.of(
        turn(written, store.write, this::write),
        turn(written, store.find, key -> Optional.ofNullable(registry.find(key))),
        turn(written, store.digest, this::digest),
        turn(written, store.delta, asked -> delta(answering, asked)),
        turn(written, store.merge, this::merge),
        turn(written, store.compare, registry::compare),
        store.diverged.answer(this::diverged),
        store.page.answer(this::page),
        store.show.answer(service -> new Store.Look(page(service).json(), news.last())),
        store.look.answer(this::look),
        store.meet.answer(this::meet),
        store.pulled.answer(peer -> pulled()),
        store.recovered.answer(how -> recovered(how, written)),
        store.report.answer(this::report),
        store.status.answer(any -> status()),
        store.configure.answer(this::configure)));
  }

  /**
   * Deploys what lives on the store. Vert.x stops it before the store, in whatever way the end comes, so that a request in
   * flight still finds somebody to ask.
   */
  public Future<String> deployAbove(Supplier<Future<String>> deployment) {
    return Future.future(
        promise -> context.runOnContext(turn -> deployment.get().onComplete(promise)));
  }

  /** A turn of the registry may write whatever it is asked: old words get new versions when a clock is corrected (P4, P8). */
  private <Q, A> Future<Void> turn(WriteNotifier written, Ask<Q, A> ask, Function<Q, A> answerer) {
    return ask.answer(question -> {
      A answer = answerer.apply(question);
      written.upTo(registry.last());
      return answer;
    });
  }

  private void purge(WriteNotifier written) {
    if (registry.purge(PURGE_SLOTS_MAX)) {
      context.runOnContext(again -> purge(written));
    }
    written.upTo(registry.last());
  }

  private List<Outcome> write(List<Store.Write> writes) {
    return writes.stream().map(this::write).toList();
  }

  private Outcome write(Store.Write write) {
    if (write instanceof Store.Put put) {
      return registry.put(put.key(), put.document(), put.ttlMillis());
    }
    if (write instanceof Store.Renew renew) {
      return registry.renew(renew.key(), renew.ttlMillis());
    }
    return registry.remove(((Store.Remove) write).key());
  }

  private Digest digest(Store.Pull pull) {
    return pull == Store.Pull.FIRST ? registry.digest() : registry.nextDigest();
  }

  /** Versions are about unix milliseconds: they tell when a write was made. */
  private Merged merge(Delta delta) {
    Map<String, Long> before = registry.nextDigest().horizons();
    Merged merged = registry.merge(delta);
    long now = wall.millis();
    for (OriginDelta part : delta.origins()) {
      long reached = before.getOrDefault(part.origin(), Long.MAX_VALUE);
      for (Entry entry : part.entries()) {
        if (entry.version() > reached && !part.origin().equals(self.name())) {
          propagation.count(1_000 * Math.max(0, now - entry.version()));
        }
      }
    }
    return merged;
  }

  private Store.Done diverged(String origin) {
    registry.diverged(origin);
    return Store.Done.DONE;
  }

  private void later(long delayMillis, Runnable due) {
    vertx.setTimer(delayMillis, timer -> due.run());
  }

  /** The view has changed: pages that show it are old, before anybody is told that the write is done. */
  private void changed(ViewChange change) {
    String service = change.key().service();
    sheets.changed(service, change.key().id());
    if (change.before() == null || change.after() == null) {
      sheets.changed(PublishedListings.ALL_SERVICES, service);
    }
    if (change.news()) {
      views.outdate(service);
      views.outdate(PublishedListings.ALL_SERVICES);
      news.of(change);
    } else {
      views.drop(service);
    }
  }

  /** A page without instances is not kept: anybody may ask for any name. */
  private Listing page(String service) {
    Listing found = views.find(service);
    if (found != null) {
      return found;
    }
    boolean all = service.equals(PublishedListings.ALL_SERVICES);
    ListingLayout sheet = sheets.make(service);
    Listing page = new Listing(sheet.json(), all ? registry.content() : registry.content(service));
    if (sheet.size() > 0) {
      views.keep(service, page);
    }
    return page;
  }

  private Store.Look look(String service) {
    Listing found = views.find(service);
    Buffer json = found == null ? sheets.look(service).json() : found.json();
    return new Store.Look(json, news.last());
  }

  private Store.Answered delta(DeltaResponses answering, Store.Asked asked) {
    asked.from().filter(members::contains).ifPresent(name -> asked(name, asked.digest()));
    return answering.answer(asked, livenessMillis);
  }

  /** A peer need not ask for all origins at once; what it asks for beside the members is nothing. */
  private void asked(String name, Digest digest) {
    Digest before = digests.getOrDefault(name, new Digest(Map.of()));
    Map<String, Long> horizons = new TreeMap<>(before.horizons());
    horizons.putAll(digest.horizons());
    horizons.keySet().retainAll(members);
    digests.put(name, new Digest(horizons));
  }

  private Optional<String> meet(PeerIdentities.Meeting meeting) {
    if (!members.contains(meeting.name()) && meeting.name().equals(meeting.expected())) {
      return Optional.empty();
    }
    boolean quiet = lives.conflicts().get(meeting.expected()) == null;
    boolean back = !lives.knows(meeting.name(), meeting.life()) || failing(meeting.name());
    Optional<String> conflict = lives.conflict(meeting, monotonicMillis());
    if (conflict.isPresent() && quiet) {
      log.error("exchange refused: {}", conflict.get());
    } else if (conflict.isEmpty() && back) {
      store.heard.publish(meeting.name());
    }
    return conflict;
  }

  private boolean failing(String name) {
    Store.PeerReport report = peers.get(name);
    return report != null && !report.lastError().isEmpty();
  }

  private Store.Done pulled() {
    registry.pulled();
    return Store.Done.DONE;
  }

  private Store.Done recovered(String how, WriteNotifier written) {
    if (registry.recovering()) {
      registry.recovered();
      views.recovered();
      written.wrote();
      log.info("ready: {}, instances={}", how, registry.stats().instances());
    }
    return Store.Done.DONE;
  }

  private Store.Done report(Store.PeerReport report) {
    if (members.contains(report.name())) {
      peers.put(report.name(), report);
    }
    return Store.Done.DONE;
  }

  private Store.Status status() {
    RegistryStats stats = registry.stats();
    Map<String, Map<String, Long>> lags = new TreeMap<>();
    digests.forEach((name, digest) -> lags.put(name, lags(stats, digest)));
    return new Store.Status(
        stats,
        monotonicMillis(),
        new TreeMap<>(peers),
        lags,
        lives.conflicts(),
        lives.refused(),
        propagation);
  }

  private static Map<String, Long> lags(RegistryStats stats, Digest digest) {
    Map<String, Long> lags = new TreeMap<>();
    digest.horizons().forEach((name, horizon) -> {
      RegistryStats.OriginStats origin = stats.origins().get(name);
      if (origin != null && (horizon > 0 || origin.horizon() == 0)) {
        lags.put(name, Math.max(0, origin.horizon() - horizon));
      }
    });
    return lags;
  }

  private Store.Done configure(Store.Settings settings) {
    members = settings.members();
    livenessMillis = settings.bounds().livenessMillis();
    registry.configure(members, settings.bounds());
    peers.keySet().retainAll(members);
    digests.keySet().retainAll(members);
    return Store.Done.DONE;
  }

  private long monotonicMillis() {
    return monotonicNanos.getAsLong() / 1_000_000;
  }
}
