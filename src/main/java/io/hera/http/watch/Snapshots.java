package io.hera.http.watch;

import io.hera.http.EventText;
import io.hera.http.Exchange;
import io.hera.http.SharedWalk;
import io.hera.http.WalkTexts;
import io.hera.store.ChangeLog;
import io.hera.store.Changes;
import io.hera.store.NumberedListing;
import io.hera.store.Store;
import io.hera.store.page.Filter;
import io.hera.store.page.ListingEncoder;
import io.hera.store.page.Page;
import io.hera.store.page.Selection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the snapshots that streams of events begin with. One per HTTP verticle, used on its context only. */
final class Snapshots {
  /** A longer listing is made an event by a worker. */
  private static final int AT_ONCE_BYTES_MAX = 256 << 10;

  private static final Buffer COMMA = Buffer.buffer(",");

  /** Changes since a snapshot of all services began, with which streams that come may still share it. */
  private static final long SHARED_CHANGES_MAX = 1_000;

  /** Snapshots of all services that are kept; each has pages of some megabytes. */
  private static final int SHARED_MAX = 4;

  private final Vertx vertx;
  private final Store store;
  private final ChangeLog log;
  private final String life;
  private final WalkTexts texts = new WalkTexts();
  /** The snapshots of all services, one per set of services that a client may see; the one used longest ago first. */
  private final Map<Filter, SharedSnapshot> ofAll = new LinkedHashMap<>(16, 0.75f, true);
  /** Thousands of clients may come at once, and want the same. */
  private Encoded last = new Encoded(
      new NumberedListing(Page.of(Buffer.buffer()), 0, List.of(), Optional.empty()),
      Future.succeededFuture(Buffer.buffer()));

  Snapshots(Vertx vertx, Store store, ChangeLog log, String life) {
    this.vertx = vertx;
    this.store = store;
    this.log = log;
    this.life = life;
  }

  private record Encoded(NumberedListing listing, Future<Buffer> text) {
    boolean is(NumberedListing other) {
      return !text.failed()
          && listing.page().bytes() == other.page().bytes()
          && listing.change() == other.change();
    }
  }

  /** Writes what the stream has selected as it is now; completes when it is in the socket. */
  Future<Void> write(EventStream<Exchange> stream) {
    return stream.selection instanceof Selection.Part part
        ? write(stream, part)
        : writeAll(stream, ((Selection.All) stream.selection).filter());
  }

  private Future<Void> write(EventStream<Exchange> stream, Selection.Part part) {
    return store.snapshot(part).compose(listing -> send(stream, listing));
  }

  /** Writes a listing, or only that the client has it already; completes when it is in the socket. */
  Future<Void> send(EventStream<Exchange> stream, NumberedListing listing) {
    stream.passed(listing.change());
    Optional<String> known = listing.etag().filter(stream::knows);
    if (known.isPresent()) {
      return stream.client.sendAll(unchanged(listing.change(), known.get()));
    }
    writeReset(stream);
    return listing.page().isWhole()
        ? encode(listing).compose(stream.client::sendAll)
        : new InPieces(stream, listing).write();
  }

  private static void writeReset(EventStream<Exchange> stream) {
    if (stream.forgets()) {
      stream.client.write(EventText.reset());
    }
  }

  private Buffer unchanged(long number, String etag) {
    Buffer json = ListingEncoder.text(ListingEncoder.name(Buffer.buffer("{"), "etag"), etag);
    return EventText.of(id(number), "unchanged", json.appendString("}"));
  }

  private Future<Buffer> encode(NumberedListing listing) {
    if (!last.is(listing)) {
      last = new Encoded(
          listing,
          listing.page().length() <= AT_ONCE_BYTES_MAX
              ? Future.succeededFuture(text(listing))
              : vertx.executeBlocking(() -> text(listing), false));
    }
    return last.text;
  }

  private Buffer text(NumberedListing listing) {
    return EventText.of(id(listing.change()), "snapshot", listing.page().bytes());
  }

  private EventText.Id id(long number) {
    return new EventText.Id(life, number);
  }

  /**
   * Writes page by page: later events bring only what changed after that. The snapshot has an id, at its end, only if its pages
   * include no change that came later than its beginning. A client that came back with one would get some changes twice otherwise.
   */
  private Future<Void> writeAll(EventStream<Exchange> stream, Filter filter) {
    Writing writing = new Writing(stream, shared(filter));
    stream.passed(writing.snapshot.number());
    writeReset(stream);
    stream.client.write(EventText.head("snapshot").appendString("{"));
    writing.begin();
    return writing.done.future();
  }

  /** Returns the snapshot that streams share which begin now. */
  private SharedSnapshot shared(Filter filter) {
    SharedSnapshot known = ofAll.get(filter);
    SharedSnapshot shared = known != null && isRecent(known.number()) && isCurrent(filter, known)
        ? known
        : new SharedSnapshot(vertx, store, texts, filter, log.last());
    ofAll.put(filter, shared);
    if (ofAll.size() > SHARED_MAX) {
      ofAll.remove(ofAll.keySet().iterator().next());
    }
    return shared;
  }

  private boolean isRecent(long number) {
    return number == log.last()
        || (log.last() - number <= SHARED_CHANGES_MAX && log.continuesAfter(number));
  }

  /**
   * Returns whether the log has no change since a snapshot that concerns the services which are named: few do. The snapshot of all
   * services may be behind by some changes, which follow it at once.
   */
  private boolean isCurrent(Filter filter, SharedSnapshot known) {
    if (filter.named().isEmpty()) {
      return true;
    }
    for (long next = known.number() + 1; next <= log.last(); ) {
      Optional<Changes> batch = log.batch(next);
      if (batch.isEmpty() || batch.get().subjects().keySet().stream().anyMatch(filter::concerns)) {
        return false;
      }
      next = batch.get().last() + 1;
    }
    return true;
  }

  /** A listing of many bytes on its way to one client. */
  private final class InPieces {
    private static final int PIECE_BYTES = 64 << 10;

    private final EventStream<Exchange> stream;
    private final NumberedListing listing;
    private final Promise<Void> done = Promise.promise();
    private int position;

    InPieces(EventStream<Exchange> stream, NumberedListing listing) {
      this.stream = stream;
      this.listing = listing;
    }

    Future<Void> write() {
      stream.client.write(EventText.head(id(listing.change()), "snapshot"));
      next();
      return done.future();
    }

    private void next() {
      int length = listing.page().length();
      if (position == length) {
        stream.client.write(Buffer.buffer("\n\n"));
        done.tryComplete();
        return;
      }
      int from = position;
      position = Math.min(length, from + PIECE_BYTES);
      Buffer text = EventText.lines(Buffer.buffer(), listing.page().slice(from, position));
      stream.client.sendAll(text).onSuccess(sent -> next()).onFailure(done::tryFail);
    }
  }

  /** The snapshot of all services on its way to one client. */
  private final class Writing {
    final SharedSnapshot snapshot;
    final Promise<Void> done = Promise.promise();
    private final EventStream<Exchange> stream;
    private Optional<SharedWalk.Chunk> chunk = Optional.empty();
    private int nextPiece;
    private boolean comma;

    Writing(EventStream<Exchange> stream, SharedSnapshot snapshot) {
      this.stream = stream;
      this.snapshot = snapshot;
    }

    void begin() {
      snapshot.walk().onSuccess(this::next).onFailure(done::tryFail);
    }

    private void next(SharedWalk walk) {
      if (chunk.isPresent() && nextPiece < chunk.get().size()) {
        walk.text(chunk.get(), nextPiece++, SharedWalk.Coding.PLAIN)
            .compose(this::send)
            .onSuccess(sent -> next(walk))
            .onFailure(done::tryFail);
      } else {
        walk.chunk(chunk.map(SharedWalk.Chunk::next).orElse(0))
            .onSuccess(taken -> take(walk, taken))
            .onFailure(done::tryFail);
      }
    }

    private void take(SharedWalk walk, Optional<SharedWalk.Chunk> taken) {
      chunk = taken;
      nextPiece = 0;
      if (taken.isEmpty()) {
        end();
        return;
      }
      long change = taken.get().change();
      taken.get().services().forEach(service -> stream.included(service, change));
      next(walk);
    }

    private Future<Void> send(WalkTexts.Text text) {
      if (comma) {
        stream.client.write(COMMA);
      }
      comma = true;
      return stream.client.sendAll(text.bytes());
    }

    private void end() {
      Buffer id = stream.isBetween() ? Buffer.buffer() : id(snapshot.number()).line();
      stream.client.write(Buffer.buffer("}\n").appendBuffer(id).appendString("\n"));
      done.tryComplete();
    }
  }
}
