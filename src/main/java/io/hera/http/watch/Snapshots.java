package io.hera.http.watch;

import io.hera.http.Exchange;
import io.hera.store.ChangeLog;
import io.hera.store.NumberedListing;
import io.hera.store.Store;
import io.hera.store.page.Selection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Writes the snapshots that streams of events begin with. One per HTTP verticle, used on its context only. */
final class Snapshots {
  private static final Buffer COMMA = Buffer.buffer(",");

  /** Changes since a snapshot of all services began, with which streams that come may still share it. */
  private static final long SHARED_CHANGES_MAX = 1_000;

  private final Vertx vertx;
  private final Store store;
  private final ChangeLog log;
  private final String life;
  private Optional<SharedSnapshot> ofAll = Optional.empty();
  /** Thousands of clients may come at once, and want the same. */
  private Encoded last = new Encoded(new NumberedListing(Buffer.buffer(), 0), Buffer.buffer());

  Snapshots(Vertx vertx, Store store, ChangeLog log, String life) {
    this.vertx = vertx;
    this.store = store;
    this.log = log;
    this.life = life;
  }

  private record Encoded(NumberedListing listing, Buffer text) {
    boolean is(NumberedListing other) {
      return listing.json() == other.json() && listing.change() == other.change();
    }
  }

  /** Writes what the stream has selected as it is now; completes when it is in the socket. */
  Future<Void> write(EventStream<Exchange> stream) {
    return stream.selection instanceof Selection.Part part ? write(stream, part) : writeAll(stream);
  }

  private Future<Void> write(EventStream<Exchange> stream, Selection.Part part) {
    return store.snapshot(part).compose(listing -> {
      stream.passed(listing.change());
      return stream.client.sendAll(encode(listing));
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
   * Writes page by page: later events bring only what changed after that. The snapshot has an id, at its end, only if its pages
   * include no change that came later than its beginning. A client that came back with one would get some changes twice otherwise.
   */
  private Future<Void> writeAll(EventStream<Exchange> stream) {
    Writing writing = new Writing(stream, ofAll());
    stream.passed(writing.snapshot.number());
    stream.client.write(ServerEvent.head("snapshot").appendString("{"));
    writing.nextPage();
    return writing.done.future();
  }

  /** Returns the snapshot that streams share which begin now. */
  private SharedSnapshot ofAll() {
    SharedSnapshot shared = ofAll
        .filter(snapshot -> isRecent(snapshot.number()))
        .orElseGet(() -> new SharedSnapshot(vertx, store, log.last()));
    ofAll = Optional.of(shared);
    return shared;
  }

  private boolean isRecent(long number) {
    return number == log.last()
        || (log.last() - number <= SHARED_CHANGES_MAX && log.continuesAfter(number));
  }

  /** The snapshot of all services on its way to one client. */
  private final class Writing {
    final SharedSnapshot snapshot;
    final Promise<Void> done = Promise.promise();
    private final EventStream<Exchange> stream;
    private int nextPage;
    private boolean comma;

    Writing(EventStream<Exchange> stream, SharedSnapshot snapshot) {
      this.stream = stream;
      this.snapshot = snapshot;
    }

    void nextPage() {
      snapshot
          .page(nextPage)
          .onSuccess(page -> page.ifPresentOrElse(this::begin, this::end))
          .onFailure(done::tryFail);
    }

    private void begin(SharedSnapshot.Page page) {
      page.services().forEach(service -> stream.included(service, page.change()));
      nextPage = page.next();
      if (page.text().length() == 0) {
        nextPage();
        return;
      }
      if (comma) {
        stream.client.write(COMMA);
      }
      comma = true;
      stream.client.sendAll(page.text()).onSuccess(sent -> nextPage()).onFailure(done::tryFail);
    }

    private void end() {
      Buffer id = stream.isBetween() ? Buffer.buffer() : ServerEvent.id(life, snapshot.number());
      stream.client.write(Buffer.buffer("}\n").appendBuffer(id).appendString("\n"));
      done.tryComplete();
    }
  }
}
