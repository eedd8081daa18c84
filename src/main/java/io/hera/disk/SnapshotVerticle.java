package io.hera.disk;

import io.hera.disk.file.Boot;
import io.hera.disk.file.SnapshotFiles;
import io.hera.disk.file.SnapshotHeader;
import io.hera.disk.file.SnapshotLoader;
import io.hera.disk.file.SnapshotSettings;
import io.hera.store.ChangeLog;
import io.hera.store.OwnHandshake;
import io.hera.store.ParentVerticle;
import io.hera.store.Store;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings back the snapshot of a node that starts, and saves while it runs: as soon as it is ready, then after each interval in which
 * something has changed, and at the end (P14). Not before the node is ready: until then it does not know what it holds. What writes to
 * the store is deployed above it, so that the last snapshot has everything that was acknowledged.
 */
public final class SnapshotVerticle extends ParentVerticle {
  private static final Logger log = LoggerFactory.getLogger(SnapshotVerticle.class);

  /** Ages in an old snapshot are too small, so it is replaced even if nothing has changed. */
  private static final long SAVE_MILLIS_MAX = 600_000;

  /** Bytes per millisecond that saves may write on average. */
  private static final long RATE = 100;

  private final Store store;
  private final ChangeLog changes;
  private final OwnHandshake self;
  private final SnapshotFiles files;
  private final SnapshotSettings settings;
  private final InstantSource wall;
  private final LongSupplier monotonicNanos;
  private final Supplier<Boot> boot;
  private volatile SnapshotReport report = SnapshotReport.NONE;
  private boolean ready;
  private boolean ends;
  private long savedChange = -1;
  private long savedTombstones = -1;
  private long savedRestored = -1;
  private Optional<Future<Void>> saving = Optional.empty();
  private Optional<SnapshotSave> current = Optional.empty();
  private Future<?> savingDrains = Future.succeededFuture();

  /**
   * Saves what {@code store} holds to {@code files}.
   *
   * @param changes the changes of its content
   * @param wall unix time; may be wrong
   * @param monotonicNanos never goes back
   */
  public SnapshotVerticle(
      Store store,
      ChangeLog changes,
      OwnHandshake self,
      SnapshotFiles files,
      SnapshotSettings settings,
      InstantSource wall,
      LongSupplier monotonicNanos) {
    this(store, changes, self, files, settings, wall, monotonicNanos, Boot::now);
  }

  SnapshotVerticle(
      Store store,
      ChangeLog changes,
      OwnHandshake self,
      SnapshotFiles files,
      SnapshotSettings settings,
      InstantSource wall,
      LongSupplier monotonicNanos,
      Supplier<Boot> boot) {
    this.store = store;
    this.changes = changes;
    this.self = self;
    this.files = files;
    this.settings = settings;
    this.wall = wall;
    this.monotonicNanos = monotonicNanos;
    this.boot = boot;
  }

  /** Returns what operators see; any thread may ask. */
  public SnapshotReport report() {
    return report;
  }

  /** Restores, and completes then. */
  @Override
  public Future<?> start() {
    return store
        .ready()
        .subscribe(how -> begin())
        .compose(subscribed -> vertx.executeBlocking(this::load))
        .onSuccess(this::loaded);
  }

  private void loaded(boolean mayWrite) {
    if (!mayWrite) {
      report = report.off("the snapshot is of a later version");
    } else if (!files.readOnly().isEmpty()) {
      report = report.off(files.readOnly());
      log.error("no snapshots are written to {}: {}", settings.directory(), files.readOnly());
    }
  }

  private boolean load() {
    return new SnapshotLoader(
            files, settings, wall.millis(), boot.get(), monotonicNanos, new StoreFeed(store))
        .load();
  }

  private void begin() {
    if (!ready && report.error().isEmpty()) {
      ready = true;
      save().onComplete(done -> later());
    }
  }

  private void later() {
    long byRate = report.bytes() / RATE;
    vertx.setTimer(
        Math.max(settings.intervalMillis(), byRate),
        due -> saveIfChanged().onComplete(done -> later()));
  }

  private Future<Void> saveIfChanged() {
    return store.status().compose(status -> {
      long tombstones = status.registry().tombstones();
      long sinceMillis = report.savedMillis().map(at -> nowMillis() - at).orElse(Long.MAX_VALUE);
      boolean same = changes.last() == savedChange
          && tombstones == savedTombstones
          && status.registry().restored() == savedRestored;
      return same && sinceMillis < SAVE_MILLIS_MAX ? Future.succeededFuture() : save();
    });
  }

  /** Saves, after a save that goes on; the future never fails. */
  private Future<Void> save() {
    Future<Void> before = saving.orElseGet(Future::succeededFuture);
    Future<Void> now = before.transform(done -> saveNow());
    saving = Optional.of(now);
    return now;
  }

  private Future<Void> saveNow() {
    long change = changes.last();
    SnapshotSave save = new SnapshotSave(vertx, store, self, files, header());
    current = Optional.of(save);
    if (ends) {
      save.hurry();
    }
    return store
        .status()
        .compose(status -> save.run().onSuccess(saved -> {
          savedChange = change;
          savedTombstones = status.registry().tombstones();
          savedRestored = status.registry().restored();
          succeeded(saved);
        }))
        .onFailure(this::failed)
        .transform(done -> Future.succeededFuture());
  }

  /**
   * Saves the drains, if anything can be saved; any thread may ask. The future never fails.
   *
   * @return why they are not saved; empty if they are
   */
  public Future<Optional<String>> saveDrains() {
    return Future.future(promise -> context.runOnContext(turn -> {
      Future<Optional<String>> saved = savingDrains.transform(before -> saveDrainsNow());
      savingDrains = saved;
      saved.onComplete(promise);
    }));
  }

  private Future<Optional<String>> saveDrainsNow() {
    if (!ready) {
      String why = report.error().isEmpty() ? "the node is starting" : report.error();
      return Future.succeededFuture(Optional.of(why));
    }
    SnapshotHeader header = header();
    return store
        .drainEntries()
        .compose(drains -> vertx.executeBlocking(() -> {
          new DrainSave(files, self).run(header, drains);
          return Optional.<String>empty();
        }))
        .recover(failure -> {
          failed(failure);
          return Future.succeededFuture(Optional.of(reason(failure)));
        });
  }

  private SnapshotHeader header() {
    Boot at = boot.get();
    return new SnapshotHeader(
        SnapshotHeader.VERSION,
        settings.node(),
        self.handshake().life(),
        settings.cluster(),
        wall.millis(),
        at.id(),
        at.uptimeMillis(),
        settings.livenessMillis());
  }

  private void succeeded(SnapshotSave.Saved saved) {
    if (!report.error().isEmpty()) {
      log.info("snapshots are saved again");
    }
    report = report.saved(nowMillis(), saved.bytes(), saved.entries());
    log.debug("snapshot saved bytes={} entries={}", saved.bytes(), saved.entries());
  }

  private void failed(Throwable failure) {
    String reason = reason(failure);
    if (!reason.equals(report.error())) {
      log.error("snapshot not saved: {}; the one before stays", reason);
    }
    report = report.failed(reason);
  }

  private static String reason(Throwable failure) {
    return failure instanceof IOException && failure.getMessage() != null
        ? failure.getClass().getSimpleName() + ": " + failure.getMessage()
        : failure.toString();
  }

  private long nowMillis() {
    return monotonicNanos.getAsLong() / 1_000_000;
  }

  /** Saves once more. */
  @Override
  public Future<?> stop() {
    ends = true;
    current.ifPresent(SnapshotSave::hurry);
    Future<Void> saved = ready ? save() : Future.succeededFuture();
    return saved.eventually(() -> vertx.executeBlocking(() -> {
      files.close();
      return true;
    }));
  }
}
