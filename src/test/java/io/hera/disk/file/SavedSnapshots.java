package io.hera.disk.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Tombstone;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The base class of the tests of snapshots: the files of node a, with snapshots of three pages. */
class SavedSnapshots {
  static final long HOUR = 3_600_000;
  static final long NOW = 1_700_000_000_000L;
  static final int PAGES = 3;

  @TempDir
  Path directory;

  SnapshotFiles files;

  @BeforeEach
  void take() throws SnapshotFiles.InUse {
    files = new SnapshotFiles(directory, "a");
  }

  @AfterEach
  void release() throws IOException {
    files.close();
  }

  static SnapshotHeader header() {
    return new SnapshotHeader(1, "a", "9f2c", "prod", NOW, "boot-1", 50_000, 300_000);
  }

  /** Returns a page with two entries that no other page has. */
  static Delta page(int n) {
    byte[] document = "{\"n\":%d}".formatted(n).getBytes(StandardCharsets.UTF_8);
    List<Entry> entries = List.of(
        new Registration(new Key("s", "id" + n), document, NOW + n, 5, 300_000, n == 1),
        new Tombstone(new Key("s", "gone" + n), NOW + n, 6));
    return new Delta(List.of(new OriginDelta("a", 0, NOW + n, false, entries, n == 1)), false);
  }

  static List<Delta> pages(int from) {
    return List.of(page(from), page(from + 1), page(from + 2));
  }

  void save(SnapshotHeader header, int from) throws IOException {
    try (SnapshotWriter out = new SnapshotWriter(files.draft(), header)) {
      for (Delta page : pages(from)) {
        Handshake self = Handshake.of(new NodeId("a", "9f2c"));
        out.page(V2Codec.encode(new V2Answer(self, NOW, 300_000, page)));
      }
      out.end();
      assertThat(out.bytes()).isEqualTo(Files.size(directory.resolve("a.snapshot.tmp")));
    }
    files.replace();
  }

  /** The pages that a load has taken, and whether the files may be written over. */
  record Loaded(List<Delta> pages, boolean mayWrite) {}

  Loaded load() {
    return load(NOW + 1_000, new Boot("boot-1", 51_000));
  }

  Loaded load(long wallMillis, Boot boot) {
    List<Delta> taken = new ArrayList<>();
    SnapshotSettings settings = new SnapshotSettings(directory, "a", "prod", 300_000, 60_000, HOUR);
    boolean mayWrite = new SnapshotLoader(
            files, settings, wallMillis, boot, () -> 0, (page, liveness) -> taken.add(page))
        .load();
    return new Loaded(taken, mayWrite);
  }

  /** Returns the names of all files. */
  List<String> names() throws IOException {
    try (var all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
