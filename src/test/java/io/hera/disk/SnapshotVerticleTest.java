package io.hera.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.disk.file.Boot;
import io.hera.disk.file.SnapshotFiles;
import io.hera.disk.file.SnapshotReader;
import io.hera.disk.file.SnapshotSettings;
import io.hera.registry.Delta;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.store.BusStore;
import io.hera.store.OwnHandshake;
import io.hera.store.ReadSide;
import io.hera.store.SavedPage;
import io.hera.store.StoreSettings;
import io.hera.store.StoreVerticle;
import io.hera.store.Write;
import io.hera.store.page.PageMemory;
import io.hera.testkit.CountingStore;
import io.hera.testkit.Eventually;
import io.hera.testkit.Handshakes;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import io.hera.wire.NodeId;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a node saves (P14). */
@Timeout(60)
class SnapshotVerticleTest {
  private static final long LIVENESS = 300_000;
  private static final Key KEY = new Key("s", "1");

  @TempDir
  private Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final OwnHandshake self =
      Handshakes.own(new NodeId("a", "0123456789abcdef"), Set.of("a"));
  private final ReadSide readSide = new ReadSide(new PageMemory(1 << 20));
  private final BusStore store = new BusStore(vertx, "0123456789abcdef");
  /** What the verticle asks the store. */
  private final CountingStore asked = new CountingStore(store);

  private String deployed = "";

  /** The node has restored one own instance, and is recovering. */
  @BeforeEach
  void start() throws Exception {
    vertx
        .deployVerticle(new StoreVerticle(
            store,
            readSide,
            self,
            new StoreSettings(Set.of("a"), TestLimits.DEFAULT),
            new ContentHasher(Set.of()),
            InstantSource.system(),
            System::nanoTime))
        .await();
    deployed = vertx
        .deployVerticle(new SnapshotVerticle(
            asked.store(),
            readSide.changes(),
            self,
            new SnapshotFiles(directory, "a"),
            new SnapshotSettings(directory, "a", "", LIVENESS, 1, 3_600_000),
            InstantSource.system(),
            System::nanoTime,
            () -> new Boot("", 0)))
        .await();
    byte[] document = "{}".getBytes(StandardCharsets.UTF_8);
    Registration entry = new Registration(KEY, document, 1_000, 0, LIVENESS);
    OriginDelta part = new OriginDelta("a", 0, 1_000, false, List.of(entry));
    store.restore(new SavedPage(new Delta(List.of(part)), LIVENESS)).await();
  }

  @AfterEach
  void close() {
    if (vertx.deploymentIDs().contains(deployed)) {
      vertx.undeploy(deployed).await();
    }
    vertx.close().await();
  }

  private Path file() {
    return directory.resolve("a.snapshot");
  }

  /** Returns the saved registrations of this instance that are restored. */
  private long restored() throws Exception {
    long restored = 0;
    try (SnapshotReader in = new SnapshotReader(file())) {
      for (Optional<Delta> page = in.next(); page.isPresent(); page = in.next()) {
        restored += page.get().origins().stream()
            .flatMap(part -> part.entries().stream())
            .filter(entry -> entry instanceof Registration saved && saved.restored())
            .count();
      }
    }
    return restored;
  }

  /** The instance would get another grace otherwise. */
  @Test
  void aRenewalThatOnlyConfirmsIsSaved() throws Exception {
    store.recovered("in a test").await();
    store.synchronised("in a test").await();
    Eventually.passes(() -> assertThat(restored()).isOne());
    // A save that has not ended yet, or that is due for another reason, would save the renewal too.
    awaitASaveOfChanges();
    store.write(List.of(new Write.Renew(KEY, 0))).await();
    awaitASaveOfChanges();
    assertThat(restored()).isZero();
  }

  /**
   * Waits until the verticle has looked for changes, saved them and looked again: it asks for the status
   * at each look, and once for a save.
   */
  private void awaitASaveOfChanges() {
    int before = asked.calls().get("status");
    Eventually.passes(() -> assertThat(asked.calls().get("status")).isGreaterThan(before + 3));
  }

  @Test
  void aNodeThatStopsBeforeItIsReadySavesNothing() {
    store.recovered("in a test").await();
    vertx.undeploy(deployed).await();
    assertThat(file()).doesNotExist();
  }
}
