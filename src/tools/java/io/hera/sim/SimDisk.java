package io.hera.sim;

import io.hera.disk.file.SnapshotHeader;
import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Inspection.StoredEntry;
import io.hera.registry.OriginDelta;
import io.hera.registry.SnapshotPage;
import io.hera.wire.GossipLimits;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The disk of a simulated node, with its last whole snapshot (P14): it replaces the files, and the
 * verticle that writes them. The snapshot outlives the process; a save under way does not. Owned by
 * {@link SimNode}.
 */
final class SimDisk {
  /** A few entries, so that writes and restarts come between two pages. */
  private static final int PAGE_BYTES = 300;

  private static final int PAGE_MILLIS = 20;
  private static final int WRITE_MILLIS_MAX = 200;

  private final SimNode node;
  private Optional<Snapshot> current = Optional.empty();
  /** Whether the node saves whenever it gets ready. */
  private boolean keeps;
  /** The life of the process in which a save is under way; another number if none is. */
  private int savingLife = -1;

  SimDisk(SimNode node) {
    this.node = node;
  }

  /**
   * A whole snapshot.
   *
   * @param shown what the node showed at its end, by path, if it ended in order
   */
  record Snapshot(SnapshotHeader header, List<Page> pages, Optional<Map<String, byte[]>> shown) {
    Snapshot {
      pages = List.copyOf(pages);
    }
  }

  /**
   * A page of a snapshot.
   *
   * @param bytes an answer of version 2
   * @param kept the entries of that origin within the page, as they were in the registry
   */
  record Page(byte[] bytes, List<Kept> kept) {}

  /**
   * An entry, and the time that it still had to live when it was saved.
   *
   * @param leftMillis not positive if it was due: then it was saved as the tombstone that it becomes, or not at all
   * @param savedMillis time of the world
   */
  record Kept(StoredEntry entry, long leftMillis, long savedMillis) {
    /** Whether it was saved as a registration. */
    boolean registered() {
      return entry.registered() && leftMillis > 0;
    }
  }

  /** A snapshot that is being written. */
  private final class Draft {
    private final SnapshotHeader header = header();
    private final Deque<String> origins =
        new ArrayDeque<>(node.registry.snapshots().origins());
    private final List<Page> pages = new ArrayList<>();
    private long above;

    boolean ends() {
      return origins.isEmpty();
    }

    /** Takes the next page, in a turn of the store. */
    void page() {
      String origin = origins.element();
      SnapshotPage page = node.registry.snapshots().page(origin, above, PAGE_BYTES);
      node.observer.saves(node, above, page);
      pages.add(new Page(encoded(page.part()), kept(origin, page)));
      if (page.more()) {
        above = page.next();
      } else {
        above = 0;
        origins.remove();
      }
    }

    private byte[] encoded(OriginDelta part) {
      return V2Codec.encode(new V2Answer(
          node.handshake(),
          header.wallMillis(),
          header.livenessMillis(),
          new Delta(List.of(part), false)));
    }

    private List<Kept> kept(String origin, SnapshotPage page) {
      long now = node.inspection.bootMillis();
      return node.inspection.entries(origin).stream()
          .filter(entry -> entry.version() > above && entry.version() <= page.next())
          .map(entry -> new Kept(entry, entry.dueMillis() - now, node.timeline.now()))
          .toList();
    }
  }

  private SnapshotHeader header() {
    Plan.Cluster cluster = node.world.plan.cluster();
    return new SnapshotHeader(
        SnapshotHeader.VERSION,
        node.name,
        node.handshake().life(),
        cluster.name(),
        node.clock.millis(),
        "",
        0,
        cluster.livenessMillis());
  }

  /** Saves now, if the node is ready, and whenever it gets ready from then on. */
  void keep() {
    keeps = true;
    node.actLater(0, this::save);
  }

  /** The node is ready: it knows what it holds. */
  void ready() {
    if (keeps) {
      node.actLater(0, this::save);
    }
  }

  private void save() {
    if (node.isReady() && savingLife != node.life()) {
      savingLife = node.life();
      pages(new Draft());
    }
  }

  /** Other turns come between two pages. */
  private void pages(Draft draft) {
    if (draft.ends()) {
      savingLife = -1;
      current = Optional.of(new Snapshot(draft.header, draft.pages, Optional.empty()));
      return;
    }
    draft.page();
    long writes = node.world.random.nextInt(WRITE_MILLIS_MAX);
    node.actLater(PAGE_MILLIS + writes, () -> pages(draft));
  }

  /** Saves once more, when clients and peers are no longer served. */
  void saveAtEnd() {
    if (keeps && node.isReady()) {
      Draft draft = new Draft();
      while (!draft.ends()) {
        draft.page();
      }
      Map<String, byte[]> shown = node.inspection.registrations();
      current = Optional.of(new Snapshot(draft.header, draft.pages, Optional.of(shown)));
    }
  }

  /** Loses the snapshot. */
  void wipe() {
    current = Optional.empty();
  }

  /** Brings back the last whole snapshot, if there is one, before the node asks its peers. */
  void restore() {
    current.ifPresent(snapshot -> {
      node.observer.restores(node, snapshot);
      List<OriginDelta> parts =
          snapshot.pages.stream().flatMap(page -> decoded(page.bytes).stream()).toList();
      parts.forEach(
          part -> node.registry.snapshots().restore(part, snapshot.header.livenessMillis()));
      node.act(() -> node.observer.restored(node, snapshot, parts));
    });
  }

  private static List<OriginDelta> decoded(byte[] page) {
    try {
      return V2Codec.decode(page, GossipLimits.ENTRIES_MAX).answer().delta().origins();
    } catch (Malformed flaw) {
      throw new IllegalStateException(flaw);
    }
  }
}
