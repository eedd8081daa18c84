package io.hera.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.disk.file.Boot;
import io.hera.disk.file.SnapshotFiles;
import io.hera.disk.file.SnapshotLoader;
import io.hera.disk.file.SnapshotSettings;
import io.hera.registry.Drains;
import io.hera.registry.Selector;
import io.hera.store.BusStore;
import io.hera.store.DrainCommand;
import io.hera.store.ReadSide;
import io.hera.store.StoreSettings;
import io.hera.store.StoreVerticle;
import io.hera.store.page.PageMemory;
import io.hera.testkit.Eventually;
import io.hera.testkit.Handshakes;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import io.hera.wire.NodeId;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A drain is on the disk before its command is answered (P18), though the next snapshot is an hour away. */
@Timeout(60)
class DrainSaveTest {
  private static final long HOUR = 3_600_000;

  @TempDir
  private Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final BusStore store = new BusStore(vertx, "0123456789abcdef");
  private final Map<SnapshotVerticle, String> deployments = new HashMap<>();
  private SnapshotVerticle snapshots;

  @BeforeEach
  void start() throws Exception {
    snapshots = deploy(store);
    store.recovered("in a test").await();
    store.synchronised("in a test").await();
    Eventually.passes(() -> assertThat(directory.resolve("a.snapshot")).exists());
  }

  private SnapshotVerticle deploy(BusStore some) throws Exception {
    NodeId id = new NodeId("a", "0123456789abcdef");
    ReadSide readSide = new ReadSide(new PageMemory(1 << 20));
    vertx
        .deployVerticle(new StoreVerticle(
            some,
            readSide,
            Handshakes.own(id, Set.of("a")),
            new StoreSettings(Set.of("a"), TestLimits.DEFAULT),
            new ContentHasher(Set.of()),
            InstantSource.system(),
            System::nanoTime))
        .await();
    SnapshotVerticle verticle = new SnapshotVerticle(
        some,
        readSide.changes(),
        Handshakes.own(id, Set.of("a")),
        new SnapshotFiles(some == store ? directory : directory.resolve("copy"), "a"),
        settings(),
        InstantSource.system(),
        System::nanoTime,
        () -> new Boot("", 0));
    deployments.put(verticle, vertx.deployVerticle(verticle).await());
    return verticle;
  }

  private SnapshotSettings settings() {
    return new SnapshotSettings(directory, "a", "", 300_000, HOUR, HOUR);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void drain(String selector, long ttlMillis) {
    store
        .drain(new DrainCommand.Put(
            Selector.parse(selector).orElseThrow(),
            "{\"at\":\"now\"}".getBytes(UTF_8),
            ttlMillis,
            DrainCommand.Caution.FORCED))
        .await();
  }

  /** Returns the drains of a node that starts with the files of now, this much later. */
  private List<Drains.State> restored(long afterMillis) throws Exception {
    Path copy = Files.createDirectory(directory.resolve("copied"));
    for (String name : List.of("a.snapshot", "a.drains")) {
      Files.copy(directory.resolve(name), copy.resolve(name));
    }
    BusStore other = new BusStore(vertx, "fedcba9876543210");
    deploy(other);
    try (SnapshotFiles files = new SnapshotFiles(copy, "a")) {
      long now = InstantSource.system().millis() + afterMillis;
      assertThat(new SnapshotLoader(
                  files, settings(), now, new Boot("", 0), System::nanoTime, new StoreFeed(other))
              .load())
          .isTrue();
    }
    return other.drains().await();
  }

  @Test
  void aDrainComesBackFromItsFile() throws Exception {
    drain("s/1", 0);
    drain("t", 2 * HOUR);
    assertThat(snapshots.saveDrains().await()).isEmpty();
    assertThat(restored(0))
        .extracting(Drains.State::selector)
        .containsExactlyInAnyOrder("s/1", "t");
  }

  @Test
  void aDrainWithAnEndEndsWhileItsNodeIsDown() throws Exception {
    drain("s/1", 0);
    drain("t", 2 * HOUR);
    assertThat(snapshots.saveDrains().await()).isEmpty();
    assertThat(restored(3 * HOUR)).extracting(Drains.State::selector).containsExactly("s/1");
  }

  @Test
  void aDrainWithAnEndKeepsItThoughASnapshotHasTheDrainToo() throws Exception {
    drain("s/1", 0);
    drain("t", 10 * HOUR);
    assertThat(snapshots.saveDrains().await()).isEmpty();
    vertx.undeploy(deployments.get(snapshots)).await();
    long latest = InstantSource.system().millis() + 10 * HOUR;
    assertThat(restored(HOUR / 2))
        .filteredOn(drain -> drain.selector().equals("t"))
        .singleElement()
        .satisfies(drain ->
            assertThat(drain.endMillis().orElseThrow()).isLessThanOrEqualTo(latest - HOUR / 2));
  }

  @Test
  void aRemovalIsOnTheDiskToo() throws Exception {
    drain("s/1", 0);
    assertThat(snapshots.saveDrains().await()).isEmpty();
    store.drain(new DrainCommand.Remove(Selector.parse("s/1").orElseThrow())).await();
    assertThat(snapshots.saveDrains().await()).isEmpty();
    assertThat(restored(0)).isEmpty();
  }

  @Test
  void aFailureIsNamedAndCounted() throws Exception {
    Files.createDirectories(directory.resolve("a.drains").resolve("x"));
    drain("s/1", 0);
    assertThat(snapshots.saveDrains().await()).get().asString().contains("a.drains");
    assertThat(snapshots.report().failures()).isOne();
    assertThat(snapshots.report().error()).contains("a.drains");
    Files.delete(directory.resolve("a.drains").resolve("x"));
    Files.delete(directory.resolve("a.drains"));
    assertThat(snapshots.saveDrains().await()).isEmpty();
    assertThat(directory.resolve("a.drains")).isRegularFile();
  }
}
