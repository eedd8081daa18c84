package io.hera.http.watch;

import io.hera.http.EventText;
import io.hera.http.Members;
import io.hera.http.SharedWalk;
import io.hera.http.WalkTexts;
import io.hera.json.JsonWriter;
import io.hera.registry.Key;
import io.hera.registry.View;
import io.hera.store.DocumentsAsked;
import io.hera.store.Store;
import io.hera.store.page.Filter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * The snapshot of all services, or of those that a client may see, for all streams that begin at about the same time. Owned by
 * {@link Snapshots}.
 *
 * <p>Each chunk is as of its own turn of the store, which is later than {@link #number}; a stream gets all changes since {@link
 * #number} but those that a chunk includes.
 */
final class SharedSnapshot {
  private final long number;
  private final Future<SharedWalk> walk;

  /** A snapshot of the services that match; it begins now, when {@code number} is that of the last change published. */
  SharedSnapshot(Vertx vertx, Store store, WalkTexts texts, Filter filter, long number) {
    this.number = number;
    this.walk = services(store, filter)
        .map(services -> new SharedWalk(
            vertx,
            store,
            SharedSnapshot::write,
            texts,
            new DocumentsAsked(services, View.Extent.SHOWN)));
  }

  private static Future<List<String>> services(Store store, Filter filter) {
    return filter
        .named()
        .map(names ->
            Future.succeededFuture(names.stream().sorted(Key.BYTE_ORDER).toList()))
        .orElseGet(() -> store
            .serviceNames(View.Extent.SHOWN)
            .map(names -> filter.isEmpty()
                ? names.services()
                : names.services().stream().filter(filter::includes).toList()));
  }

  /** Returns the number of the last change before it began. */
  long number() {
    return number;
  }

  /** Returns the way through all services, whose texts are lines of data. */
  Future<SharedWalk> walk() {
    return walk;
  }

  private static Runnable write(List<SharedWalk.Part> parts, JsonWriter out) {
    JsonWriter json = new JsonWriter(64 << 10);
    Runnable sent = Members.write(parts, json);
    out.raw(EventText.lines(Buffer.buffer(), Buffer.buffer(json.toBytes())).getBytes());
    return sent;
  }
}
