package io.hera.http;

import io.hera.store.InstanceDocument;
import io.hera.store.NextTurn;
import io.hera.store.ServiceDocuments;
import io.hera.store.Slices;
import io.hera.store.Store;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Replies that go through all services, written piece by piece, as fast as the client reads. Each service is shown as it is when its
 * turn comes. One per HTTP verticle, used on its context only.
 *
 * <p>A piece is bounded, whether its services are many or one is large, and a turn of the event loop writes a bounded number of
 * pieces.
 */
public final class ServiceWalk {
  /** Bytes of documents in a piece, which the last of them may exceed. */
  static final int PIECE_BYTES = 32 << 10;

  /** A piece may have to be compressed, and that takes so many times as long as to copy it. */
  private static final int GZIP = 16;

  private static final int SERVICES_MAX = 1_000;

  private final Store store;
  private final Slices<Walk> pieces;

  public ServiceWalk(Context context, Store store) {
    this.store = store;
    this.pieces = new Slices<>(new NextTurn(context), Walk::piece);
  }

  /**
   * Some instances of one service, next to each other.
   *
   * @param place of them among the instances of all services
   */
  public record Part(String service, List<InstanceDocument> instances, Place place) {
    /** Returns whether they are the first instances of all. */
    public boolean beginsAll() {
      return place.first && place.firstService;
    }

    /** Returns whether they are the first instances of the service. */
    public boolean beginsService() {
      return place.first;
    }

    /** Returns whether they are the last instances of the service. */
    public boolean endsService() {
      return place.last;
    }
  }

  /**
   * Where the instances of a part are.
   *
   * @param first among those of their service
   * @param last among those of their service
   */
  record Place(boolean firstService, boolean first, boolean last) {}

  /** The form of a reply: its beginning, its end, and how instances are written. */
  public interface Form {
    /** Returns the beginning. */
    Buffer start();

    /** Returns some parts, which are next to each other. */
    Future<Buffer> text(List<Part> parts);

    /** Returns the end. */
    Buffer end();
  }

  /** Returns the names of all services. */
  public Future<List<String>> services() {
    return store.services().map(counts -> List.copyOf(counts.keySet()));
  }

  /**
   * Writes these services in that form to a reply that has begun, and ends it. If that fails midway, the connection is closed: a client
   * sees only so that the reply is cut.
   */
  public void reply(Exchange exchange, Form form, List<String> services) {
    if (!exchange.ended()) {
      Walk walk = new Walk(exchange, form, services);
      walk.send(form.start())
          .onSuccess(begun -> walk.next())
          .onFailure(failure -> exchange.abort());
    }
  }

  /** A walk under way. No future depends on the one before: there may be a hundred thousand services. */
  private final class Walk {
    private final Exchange exchange;
    private final Form form;
    private final List<String> services;
    private int read;
    private boolean begun;
    private final Queue<Part> parts = new ArrayDeque<>();

    Walk(Exchange exchange, Form form, List<String> services) {
      this.exchange = exchange;
      this.form = form;
      this.services = services;
    }

    void next() {
      if (!parts.isEmpty()) {
        pieces.add(List.of(this));
      } else if (read < services.size()) {
        store
            .documents(services.subList(read, Math.min(services.size(), read + SERVICES_MAX)))
            .onSuccess(this::take)
            .onFailure(failure -> exchange.abort());
      } else {
        send(form.end()).onSuccess(ended -> exchange.end()).onFailure(failure -> exchange.abort());
      }
    }

    Future<Void> send(Buffer text) {
      return text.length() == 0 ? Future.succeededFuture() : exchange.send(text);
    }

    private void take(List<ServiceDocuments> some) {
      read += some.size();
      for (ServiceDocuments documents : some) {
        split(documents);
      }
      next();
    }

    private void split(ServiceDocuments documents) {
      List<InstanceDocument> all = documents.instances();
      int from = 0;
      while (from < all.size()) {
        int to = from;
        for (int bytes = 0; to < all.size() && bytes < PIECE_BYTES; to++) {
          bytes += all.get(to).document().length + all.get(to).id().length();
        }
        Place place = new Place(!begun, from == 0, to == all.size());
        parts.add(new Part(documents.service(), all.subList(from, to), place));
        from = to;
      }
      begun |= !all.isEmpty();
    }

    /** Writes the next piece; returns the work. */
    long piece() {
      List<Part> some = new ArrayList<>();
      long bytes = 0;
      while (!parts.isEmpty() && bytes < PIECE_BYTES) {
        Part part = parts.remove();
        some.add(part);
        bytes +=
            part.instances().stream().mapToLong(one -> one.document().length).sum();
      }
      form.text(some)
          .compose(this::send)
          .onSuccess(room -> next())
          .onFailure(failure -> exchange.abort());
      return Slices.WRITE + GZIP * bytes;
    }
  }
}
