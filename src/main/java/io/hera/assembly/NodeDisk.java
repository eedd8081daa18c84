package io.hera.assembly;

import io.hera.config.Config;
import io.hera.config.ConfigException;
import io.hera.config.DiskSettings;
import io.hera.config.source.Fault;
import io.hera.disk.SnapshotReport;
import io.hera.disk.SnapshotVerticle;
import io.hera.disk.file.SnapshotFiles;
import io.hera.disk.file.SnapshotSettings;
import io.hera.store.OwnHandshake;
import io.hera.store.ReadSide;
import io.hera.store.Store;
import io.hera.store.StoreVerticle;
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
  private Optional<SnapshotVerticle> snapshots = Optional.empty();

  private record Files(SnapshotSettings settings, SnapshotFiles files) {}

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
   * Brings the snapshot back, and saves from then on.
   *
   * @param wall unix time
   * @param monotonicNanos never goes back
   * @param deployer deploys a verticle above the store
   */
  public Future<Void> restore(
      Store store,
      ReadSide readSide,
      OwnHandshake self,
      InstantSource wall,
      LongSupplier monotonicNanos,
      Function<Deployable, Future<String>> deployer) {
    snapshots = files.map(at -> new SnapshotVerticle(
        store, readSide.changes(), self, at.files, at.settings, wall, monotonicNanos));
    return snapshots
        .map(deployer)
        .map(deployed -> deployed.<Void>mapEmpty())
        .orElseGet(Future::succeededFuture);
  }

  /** Deploys what writes to the store, above the snapshots if there are any: they end after it. */
  public Future<String> deployAbove(StoreVerticle state, Supplier<Future<String>> deployment) {
    return snapshots
        .map(above -> above.deployAbove(deployment))
        .orElseGet(() -> state.deployAbove(deployment));
  }

  /** Returns what operators see of it, if there is anything. */
  public Optional<SnapshotReport> report() {
    return snapshots.map(SnapshotVerticle::report);
  }
}
