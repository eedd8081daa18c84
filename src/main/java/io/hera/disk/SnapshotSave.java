package io.hera.disk;

import io.hera.disk.file.SnapshotFiles;
import io.hera.disk.file.SnapshotHeader;
import io.hera.disk.file.SnapshotWriter;
import io.hera.registry.Delta;
import io.hera.registry.OriginDelta;
import io.hera.store.EntriesAbove;
import io.hera.store.OwnHandshake;
import io.hera.store.Store;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One save: page after page of one origin after the other goes from the store to the file. Writes of clients go on meanwhile; what
 * changes behind a page that is written is in the next snapshot. Used once, on one context.
 */
final class SnapshotSave {
  /** Size of a page before compression, as of one of gossip: it costs the store a few milliseconds. */
  private static final int PAGE_BYTES = 400 << 10;

  private static final long PAUSE_MILLIS = 20;

  private final Vertx vertx;
  private final Store store;
  private final OwnHandshake self;
  private final SnapshotFiles files;
  private final SnapshotHeader header;
  private final Deque<String> origins = new ArrayDeque<>();
  private long entries;
  private boolean hurries;

  SnapshotSave(
      Vertx vertx, Store store, OwnHandshake self, SnapshotFiles files, SnapshotHeader header) {
    this.vertx = vertx;
    this.store = store;
    this.self = self;
    this.files = files;
    this.header = header;
  }

  /** The size of a snapshot. */
  record Saved(long bytes, long entries) {}

  /** Leaves no time for other requests between two pages from now on: none will come. */
  void hurry() {
    hurries = true;
  }

  /** Saves; if the future fails, the snapshot from before is as it was. */
  Future<Saved> run() {
    return store
        .origins()
        .compose(all -> {
          origins.addAll(all);
          return vertx.executeBlocking(() -> new SnapshotWriter(files.draft(), header));
        })
        .compose(out -> pages(out)
            .compose(done -> work(out::end))
            .eventually(() -> work(out::close))
            .map(ended -> new Saved(out.bytes(), entries)))
        .compose(saved -> work(files::replace).map(saved))
        .onFailure(failure -> work(files::discard));
  }

  private Future<Void> pages(SnapshotWriter out) {
    String origin = origins.poll();
    return origin == null
        ? Future.succeededFuture()
        : pages(out, new EntriesAbove(origin, 0, PAGE_BYTES)).compose(done -> pages(out));
  }

  private Future<Void> pages(SnapshotWriter out, EntriesAbove asked) {
    return store.page(asked).compose(page -> {
      OriginDelta part = page.part();
      entries += part.entries().size();
      return work(() -> out.page(answer(part)))
          .compose(written -> page.more()
              ? pause()
                  .compose(paused ->
                      pages(out, new EntriesAbove(asked.origin(), page.next(), PAGE_BYTES)))
              : Future.succeededFuture());
    });
  }

  private Future<Void> pause() {
    return hurries
        ? Future.succeededFuture()
        : vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS).mapEmpty();
  }

  private byte[] answer(OriginDelta part) {
    return V2Codec.encode(new V2Answer(
        self.handshake(),
        header.wallMillis(),
        header.livenessMillis(),
        new Delta(List.of(part), false)));
  }

  private interface Work {
    void run() throws IOException;
  }

  private Future<Void> work(Work work) {
    return vertx
        .executeBlocking(() -> {
          work.run();
          return true;
        })
        .mapEmpty();
  }
}
