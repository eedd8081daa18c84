package io.hera.http;

import io.hera.store.NumberedListing;
import io.hera.store.Store;
import io.hera.store.page.ListingEncoder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Replies that go through all services. They are written service by service, as fast as the client reads, so each service is shown
 * as it is when its turn comes. One per HTTP verticle.
 */
public final class ServiceWalk {
  private final Store store;

  public ServiceWalk(Store store) {
    this.store = store;
  }

  /**
   * The form of a reply: its beginning, its end, and how a service is written. Commas are added between them.
   *
   * @param source asks the store for a service
   * @param piece writes a service, given its name and what the store replied; nothing for an empty buffer
   */
  public record Form<T>(
      Buffer start,
      Function<String, Future<T>> source,
      BiFunction<String, T, Buffer> piece,
      Buffer end) {}

  /** Takes a reply piece by piece; the future completes when there is room for the next one. */
  @FunctionalInterface
  public interface Reader {
    Future<Void> read(Buffer piece);
  }

  /** Returns a service as a member of an object of all services; an empty buffer if it has no instances. */
  public static Buffer member(String service, NumberedListing listing) {
    boolean empty = listing.json().length() <= 2;
    return empty
        ? Buffer.buffer()
        : ListingEncoder.name(Buffer.buffer(), service).appendBuffer(listing.json());
  }

  /** Returns the names of all services. */
  public Future<List<String>> services() {
    return store.services().map(counts -> List.copyOf(counts.keySet()));
  }

  /** Replies with these services in that form. If that fails midway, the connection is closed: a client sees only so that the reply is cut. */
  public <T> void reply(Exchange exchange, Form<T> form, Future<List<String>> services) {
    services.onSuccess(names -> reply(exchange, form, names)).onFailure(exchange::fail);
  }

  private <T> void reply(Exchange exchange, Form<T> form, List<String> services) {
    exchange.beginJson();
    if (exchange.ended()) {
      return;
    }
    write(services, form, exchange::send)
        .onSuccess(done -> exchange.end())
        .onFailure(failure -> exchange.abort());
  }

  /** Gives these services in that form to {@code reader}, one after the other. */
  public <T> Future<Void> write(List<String> services, Form<T> form, Reader reader) {
    Walk<T> walk = new Walk<>(services.iterator(), form, reader);
    return reader
        .read(form.start)
        .compose(begun -> walk.begin())
        .compose(done -> reader.read(form.end));
  }

  /** A walk under way. No future depends on the one before: there may be a hundred thousand services. */
  private static final class Walk<T> {
    private final Iterator<String> services;
    private final Form<T> form;
    private final Reader reader;
    private final Promise<Void> done = Promise.promise();
    private boolean comma;

    Walk(Iterator<String> services, Form<T> form, Reader reader) {
      this.services = services;
      this.form = form;
      this.reader = reader;
    }

    Future<Void> begin() {
      next();
      return done.future();
    }

    private void next() {
      if (!services.hasNext()) {
        done.complete();
        return;
      }
      String service = services.next();
      form.source
          .apply(service)
          .compose(found -> read(form.piece.apply(service, found)))
          .onComplete(read -> next(), done::fail);
    }

    private Future<Void> read(Buffer piece) {
      if (piece.length() == 0) {
        return Future.succeededFuture();
      }
      Buffer next = comma ? Buffer.buffer(",").appendBuffer(piece) : piece;
      comma = true;
      return reader.read(next);
    }
  }
}
