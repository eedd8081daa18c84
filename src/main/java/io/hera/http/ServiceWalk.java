package io.hera.http;

import io.hera.access.ServiceSet;
import io.hera.http.SharedWalk.Chunk;
import io.hera.http.SharedWalk.Coding;
import io.hera.http.WalkTexts.Text;
import io.hera.registry.View;
import io.hera.store.DocumentsAsked;
import io.hera.store.NextTurn;
import io.hera.store.ServiceNames;
import io.hera.store.Slices;
import io.hera.store.Store;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replies in one form that go through all services, written piece by piece, as fast as the client reads. Each service is shown as it is
 * when its turn comes. One per form and HTTP verticle, used on its context only.
 *
 * <p>Replies under way share their pieces ({@link SharedWalk}), while no instance has come, gone or changed. A piece is bounded, whether
 * its services are many or one is large, and a turn of the event loop writes a bounded number of pieces.
 */
public final class ServiceWalk {
  /** Sets of services whose walks are shared. */
  private static final int SHARED_MAX = 8;

  private final Vertx vertx;
  private final Store store;
  private final Shape shape;
  private final Freshness freshness;
  private final Slices<Walk> pieces;
  private final WalkTexts texts = new WalkTexts();
  /** The last walk through each set of services that clients may read; the one used longest ago first. */
  private final Map<ServiceSet, Shared> last = new LinkedHashMap<>(16, 0.75f, true);

  /** Replies in this shape. */
  public ServiceWalk(Context context, Store store, Shape shape, Freshness freshness) {
    this.vertx = context.owner();
    this.store = store;
    this.shape = shape;
    this.freshness = freshness;
    this.pieces = new Slices<>(new NextTurn(context), Walk::piece);
  }

  /**
   * The shape of a reply.
   *
   * @param start its beginning
   * @param separator between pieces
   * @param end its end
   * @param extent the instances that it has
   */
  public record Shape(
      CharSequence type,
      String start,
      String separator,
      String end,
      SharedWalk.Form form,
      View.Extent extent) {}

  /** Which pieces a reply may have that others had before. */
  public enum Freshness {
    /** Those made since it began. */
    DOCUMENTS,
    /** All with the present content: members whose changes do not count may be older. */
    CONTENT
  }

  private record Shared(ServiceNames names, SharedWalk walk) {}

  /** Replies with all services that the client may read. If that fails midway, the connection is closed: a client sees only so that the reply is cut. */
  public void reply(Exchange exchange) {
    ServiceSet readable = exchange.readable();
    store
        .serviceNames(shape.extent)
        .onSuccess(names -> begin(exchange, shared(readable, names)))
        .onFailure(exchange::fail);
  }

  /** Replies with these services, as far as they have instances. */
  public void reply(Exchange exchange, List<String> services) {
    begin(exchange, walk(services));
  }

  /** Returns the walk that replies share which begin now. */
  private SharedWalk shared(ServiceSet readable, ServiceNames names) {
    Shared known = last.get(readable);
    if (known != null && known.names.change() == names.change()) {
      return known.walk;
    }
    List<String> services = readable.isAll()
        ? names.services()
        : names.services().stream().filter(readable).toList();
    Shared shared = new Shared(names, walk(services));
    last.put(readable, shared);
    if (last.size() > SHARED_MAX) {
      last.remove(last.keySet().iterator().next());
    }
    return shared.walk;
  }

  private SharedWalk walk(List<String> services) {
    return new SharedWalk(
        vertx, store, shape.form, texts, new DocumentsAsked(services, shape.extent));
  }

  private void begin(Exchange exchange, SharedWalk walk) {
    Coding coding = exchange.begin(shape.type);
    if (!exchange.ended()) {
      new Walk(exchange, walk, coding).begin();
    }
  }

  /** A reply under way. No future depends on the one before: there may be a hundred thousand services. */
  private final class Walk {
    private final Exchange exchange;
    private final SharedWalk shared;
    private final Coding coding;
    private final long reader;
    private final PieceWriter out;
    private Optional<Chunk> chunk = Optional.empty();
    private int nextService;
    private int nextPiece;
    private boolean separates;

    Walk(Exchange exchange, SharedWalk shared, Coding coding) {
      this.exchange = exchange;
      this.shared = shared;
      this.coding = coding;
      this.out = new PieceWriter(exchange, coding);
      this.reader = freshness == Freshness.DOCUMENTS ? shared.begin() : 0;
    }

    void begin() {
      out.write(shape.start);
      next();
    }

    private void next() {
      if (chunk.isPresent() && nextPiece < chunk.get().size()) {
        pieces.add(List.of(this));
      } else {
        nextService = chunk.map(Chunk::next).orElse(0);
        shared
            .chunk(nextService, reader)
            .onSuccess(this::take)
            .onFailure(failure -> exchange.abort());
      }
    }

    private void take(Optional<Chunk> taken) {
      chunk = taken;
      nextPiece = 0;
      if (taken.isPresent()) {
        next();
      } else {
        end();
      }
    }

    /** Writes the next piece; returns the work. */
    long piece() {
      shared
          .text(chunk.orElseThrow(), nextPiece++, coding)
          .compose(this::send)
          .onSuccess(room -> next())
          .onFailure(failure -> exchange.abort());
      return Slices.WRITE + 2 * SharedWalk.PIECE_BYTES;
    }

    private Future<Void> send(Text text) {
      text.sent().run();
      if (text.plainLength() > 0) {
        out.write(separates ? shape.separator : "");
        separates = true;
        out.write(text.bytes(), text.crc(), text.plainLength());
      }
      return exchange.room();
    }

    private void end() {
      out.write(shape.end);
      out.end();
    }
  }
}
