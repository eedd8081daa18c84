package io.hera.http;

import io.hera.http.WalkTexts.Text;
import io.hera.json.JsonWriter;
import io.hera.registry.View;
import io.hera.store.DocumentsAsked;
import io.hera.store.InstanceDocument;
import io.hera.store.ServiceDocuments;
import io.hera.store.Store;
import io.hera.wire.GzipPieces;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The way through all services, in pieces of text that many readers share. Used on one context only.
 *
 * <p>The store returns some services at a time, a {@link Chunk}, and each piece of a chunk is made when the first reader comes to it.
 * Texts are kept as far as memory for them is there: a reader that is slower than others has them made again.
 */
public final class SharedWalk {
  /** Bytes of documents in a piece, which the last of them may exceed. */
  static final int PIECE_BYTES = 64 << 10;

  /** A piece with fewer bytes of documents is made by the event loop. */
  private static final long AT_ONCE_BYTES = 8 << 10;

  private static final int CHUNKS_MAX = 16;

  private final Vertx vertx;
  private final Store store;
  private final Form form;
  private final List<String> services;
  private final View.Extent extent;
  /** Index of the first service → the chunk; the one used longest ago first. */
  private final Map<Integer, Future<Chunk>> chunks = new LinkedHashMap<>(16, 0.75f, true);

  private final WalkTexts texts;
  private long readers;

  /** The way through {@code asked}, written in that form; {@code texts} are of that form too. */
  public SharedWalk(Vertx vertx, Store store, Form form, WalkTexts texts, DocumentsAsked asked) {
    this.vertx = vertx;
    this.store = store;
    this.form = form;
    this.texts = texts;
    this.services = asked.services();
    this.extent = asked.extent();
  }

  /** How the instances are written. Any thread may use it. */
  public interface Form {
    /**
     * Writes some parts, which are next to each other, without a separator before them.
     *
     * @return what to do for each reply that sends the text
     */
    Runnable write(List<Part> parts, JsonWriter out);
  }

  /**
   * Some instances of one service, next to each other.
   *
   * @param begins whether they are the first ones of the service
   * @param ends whether they are the last ones of the service
   */
  public record Part(
      String service, List<InstanceDocument> instances, boolean begins, boolean ends) {
    private long bytes() {
      return instances.stream().mapToLong(one -> one.document().length).sum();
    }
  }

  /** Some services, next to each other, as they were in one turn of the store. */
  public static final class Chunk {
    private final List<ServiceDocuments> documents;
    private final List<List<Part>> pieces = new ArrayList<>();
    private final int next;
    /** How many readers had begun before. */
    private final long made;

    Chunk(List<ServiceDocuments> documents, int next, long made) {
      this.documents = documents;
      this.next = next;
      this.made = made;
      List<Part> piece = new ArrayList<>();
      long bytes = 0;
      for (Part part : parts(documents)) {
        piece.add(part);
        bytes += part.bytes();
        if (bytes >= PIECE_BYTES) {
          pieces.add(piece);
          piece = new ArrayList<>();
          bytes = 0;
        }
      }
      if (!piece.isEmpty()) {
        pieces.add(piece);
      }
    }

    /** Returns the names of its services. */
    public List<String> services() {
      return documents.stream().map(ServiceDocuments::service).toList();
    }

    /** Returns the number of the last change that it includes. */
    public long change() {
      return documents.get(0).change();
    }

    /** Returns the number of its pieces; 0 if no service has instances. */
    public int size() {
      return pieces.size();
    }

    /** Returns the index of the service that follows. */
    public int next() {
      return next;
    }

    private static List<Part> parts(List<ServiceDocuments> documents) {
      List<Part> parts = new ArrayList<>();
      for (ServiceDocuments service : documents) {
        List<InstanceDocument> all = service.instances();
        for (int from = 0, to = 0; from < all.size(); from = to) {
          for (int bytes = 0; to < all.size() && bytes < PIECE_BYTES; to++) {
            bytes += all.get(to).document().length + all.get(to).id().length();
          }
          boolean ends = to == all.size();
          parts.add(new Part(service.service(), all.subList(from, to), from == 0, ends));
        }
      }
      return parts;
    }
  }

  /** How the bytes of a text are sent. */
  public enum Coding {
    PLAIN,
    GZIP
  }

  /** Returns the number of one more reader. */
  long begin() {
    return ++readers;
  }

  /** Returns the chunk that begins with the service of this index; empty after the last service. */
  public Future<Optional<Chunk>> chunk(int from) {
    return chunk(from, chunk -> true);
  }

  /** Returns the same, made after the reader with this number has begun. */
  Future<Optional<Chunk>> chunk(int from, long reader) {
    return chunk(from, chunk -> chunk.made >= reader);
  }

  private Future<Optional<Chunk>> chunk(int from, Predicate<Chunk> recent) {
    if (from >= services.size()) {
      return Future.succeededFuture(Optional.empty());
    }
    Future<Chunk> known = chunks.get(from);
    if (known == null || known.failed() || (known.succeeded() && !recent.test(known.result()))) {
      known = ask(from);
    }
    return known.compose(chunk ->
        recent.test(chunk) ? Future.succeededFuture(Optional.of(chunk)) : chunk(from, recent));
  }

  private Future<Chunk> ask(int from) {
    long made = readers;
    Future<Chunk> asked = store
        .documents(DocumentsAsked.next(services, from, extent))
        .map(some -> new Chunk(some, from + some.size(), made));
    chunks.put(from, asked);
    if (chunks.size() > CHUNKS_MAX) {
      chunks.remove(chunks.keySet().iterator().next());
    }
    return asked;
  }

  /** Returns the text of a piece of a chunk. */
  public Future<Text> text(Chunk chunk, int piece, Coding coding) {
    List<Part> parts = chunk.pieces.get(piece);
    return texts.get(
        new WalkTexts.Place(chunk, piece, coding),
        () -> parts.stream().mapToLong(Part::bytes).sum() <= AT_ONCE_BYTES
            ? Future.succeededFuture(text(parts, coding))
            : vertx.executeBlocking(() -> text(parts, coding), false));
  }

  private Text text(List<Part> parts, Coding coding) {
    JsonWriter out = new JsonWriter(PIECE_BYTES);
    Runnable sent = form.write(parts, out);
    byte[] plain = out.toBytes();
    if (coding == Coding.PLAIN) {
      return new Text(Buffer.buffer(plain), 0, plain.length, sent);
    }
    GzipPieces.Piece gzip = GzipPieces.compress(plain);
    return new Text(Buffer.buffer(gzip.bytes()), gzip.crc(), plain.length, sent);
  }
}
