package io.hera.assembly;

import io.hera.config.Config;
import io.hera.config.ConfigException;
import io.hera.config.DiskSettings;
import io.hera.config.source.Fault;
import io.hera.disk.EventFileVerticle;
import io.hera.disk.SnapshotVerticle;
import io.hera.disk.file.SnapshotFiles;
import io.hera.disk.file.SnapshotSettings;
import io.hera.store.OwnHandshake;
import io.hera.store.ParentVerticle;
import io.hera.store.ReadSide;
import io.hera.store.Store;
import io.hera.store.StoreStatus;
import io.hera.store.StoreVerticle;
import io.hera.wire.NodeStatus;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What a node keeps on disk; nothing, unless its configuration names a directory. One per node. */
public final class NodeDisk {
  private final Optional<Files> files;
  private Optional<Running> running = Optional.empty();

  private record Files(SnapshotSettings settings, SnapshotFiles files) {}

  private record Running(SnapshotVerticle snapshots, EventFileVerticle events) {}

  private NodeDisk(Optional<Files> files) {
    this.files = files;
  }

  /**
   * Takes the files of a node. It blocks.
   *
   * @throws ConfigException if another process uses them
   */
  public static NodeDisk open(Config config) throws ConfigException {
    Optional<SnapshotSettings> settings = PartSettings.snapshots(config);
    if (settings.isEmpty()) {
      return new NodeDisk(Optional.empty());
    }
    try {
      return new NodeDisk(Optional.of(
          new Files(settings.get(), new SnapshotFiles(settings.get().directory(), config.name()))));
    } catch (SnapshotFiles.InUse inUse) {
      throw new ConfigException(List.of(new Fault(
          "hera",
          0,
          DiskSettings.DATA.key(),
          config.disk().data(),
          String.valueOf(inUse.getMessage()))));
    }
  }

  /**
   * Brings the snapshot and the last events back, and writes both from then on. Called on the context of the store.
   *
   * @param wall unix time
   * @param monotonicNanos never goes back
   * @param deployer deploys a verticle above that of the present context
   */
  public Future<String> restore(
      Store store,
      ReadSide readSide,
      OwnHandshake self,
      InstantSource wall,
      LongSupplier monotonicNanos,
      Function<Deployable, Future<String>> deployer) {
    running = files.map(at -> new Running(
        new SnapshotVerticle(
            store, readSide.changes(), self, at.files, at.settings, wall, monotonicNanos),
        new EventFileVerticle(store, at.files.events(), at.files.readOnly())));
    return running
        .map(parts -> deployer
            .apply(parts.snapshots)
            .compose(restored -> parts.snapshots.deployAbove(() -> deployer.apply(parts.events))))
        .orElseGet(() -> Future.succeededFuture(""));
  }

  /** Deploys what writes to the store, above the files if there are any: they end after it. */
  public Future<String> deployAbove(StoreVerticle state, Supplier<Future<String>> deployment) {
    return running.<ParentVerticle>map(parts -> parts.events).orElse(state).deployAbove(deployment);
  }

  /** Saves the drains; returns why they are not saved, if they are to be. */
  public Future<Optional<String>> saveDrains() {
    return running
        .map(parts -> parts.snapshots.saveDrains())
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  /** Returns what operators see of it, if there is anything. */
  public Optional<NodeStatus.Snapshot> report(StoreStatus status) {
    return running.map(
        parts -> PartSettings.snapshot(parts.snapshots.report(), parts.events.report(), status));
  }
}
