package io.hera.http.watch;

import io.hera.http.Exchange;
import io.hera.http.ServiceWalk;
import io.hera.store.ChangeLog;
import io.hera.store.NumberedListing;
import io.hera.store.Store;
import io.hera.store.page.Selection;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Writes the snapshots that streams of events begin with. One per HTTP verticle, used on its context only. */
final class Snapshots {
  private final Store store;
  private final ChangeLog log;
  private final String life;
  private final ServiceWalk walk;
  /** Thousands of clients may come at once, and want the same. */
  private Encoded last = new Encoded(new NumberedListing(Buffer.buffer(), 0), Buffer.buffer());

  Snapshots(Store store, ChangeLog log, String life) {
    this.store = store;
    this.log = log;
    this.life = life;
    this.walk = new ServiceWalk(store);
  }

  private record Encoded(NumberedListing listing, Buffer text) {
    boolean is(NumberedListing other) {
      return listing.json() == other.json() && listing.change() == other.change();
    }
  }

  /** Writes what the stream has selected as it is now; completes when there is room for more. */
  Future<Void> write(EventStream<Exchange> stream) {
    return stream.selection instanceof Selection.Part part ? write(stream, part) : writeAll(stream);
  }

  private Future<Void> write(EventStream<Exchange> stream, Selection.Part part) {
    return store.snapshot(part).compose(listing -> {
      stream.client.write(encode(listing));
      stream.passed(listing.change());
      return stream.client.room();
    });
  }

  private Buffer encode(NumberedListing listing) {
    if (!last.is(listing)) {
      Buffer text = ServerEvent.text(life, listing.change(), "snapshot", listing.json());
      last = new Encoded(listing, text);
    }
    return last.text;
  }

  /**
   * Writes service by service, each as it is when its turn comes: later events bring only what changed after that. The snapshot has an
   * id, at its end, only if nothing changed meanwhile. A client that came back with one would get some changes twice otherwise.
   */
  private Future<Void> writeAll(EventStream<Exchange> stream) {
    long before = log.last();
    stream.passed(before);
    Buffer head = ServerEvent.head("snapshot").appendString("{");
    ServiceWalk.Form<NumberedListing> form = new ServiceWalk.Form<>(
        head,
        store::snapshotUncached,
        (service, listing) -> {
          stream.included(service, listing.change());
          return ServerEvent.lines(Buffer.buffer(), ServiceWalk.member(service, listing));
        },
        Buffer.buffer("}\n"));
    return walk.services()
        .compose(services -> walk.write(services, form, piece -> {
          stream.client.write(piece);
          return stream.client.room();
        }))
        .onSuccess(written -> {
          Buffer id = stream.isBetween() ? Buffer.buffer() : ServerEvent.id(life, before);
          stream.client.write(id.appendString("\n"));
        });
  }
}
