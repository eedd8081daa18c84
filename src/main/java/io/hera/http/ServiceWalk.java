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
   * What a reply looks like.
   *
   * @param start what it begins with
   * @param piece what it says of a service, given its name and its listing; empty for nothing. Commas are added between pieces
   * @param end what it ends with
   */
  public record Form(Buffer start, BiFunction<String, NumberedListing, Buffer> piece, Buffer end) {}

  /** Takes a reply piece by piece; the future completes when there is room for the next one. */
  @FunctionalInterface
  public interface Reader {
    Future<Void> read(Buffer piece);
  }

  /** Returns a service as a member of an object of all services. */
  public static Buffer member(String service, NumberedListing look) {
    return ListingEncoder.name(Buffer.buffer(), service).appendBuffer(look.json());
  }

  /** Returns the names of all services. */
  public Future<List<String>> services() {
    return store.services().map(counts -> List.copyOf(counts.keySet()));
  }

  /** Replies with these services in that form. Only its end can tell a client that has seen the beginning that it is not whole. */
  public void reply(Exchange exchange, Form form, Future<List<String>> services) {
    services.onSuccess(names -> reply(exchange, form, names)).onFailure(exchange::fail);
  }

  private void reply(Exchange exchange, Form form, List<String> services) {
    exchange.beginJson();
    if (exchange.ended()) {
      return;
    }
    write(services, form, piece -> {
          exchange.write(piece);
          return exchange.room();
        })
        .onSuccess(done -> exchange.end())
        .onFailure(failure -> exchange.abort());
  }

  /** Gives these services in that form to {@code reader}, one after the other. */
  public Future<Void> write(List<String> services, Form form, Reader reader) {
    Walk walk = new Walk(services.iterator(), form, reader);
    return reader
        .read(form.start)
        .compose(begun -> walk.begin())
        .compose(done -> reader.read(form.end));
  }

  /** On the way through the services. No future depends on the one before: there may be a hundred thousand. */
  private final class Walk {
    private final Iterator<String> services;
    private final Form form;
    private final Reader reader;
    private final Promise<Void> done = Promise.promise();
    private boolean comma;

    Walk(Iterator<String> services, Form form, Reader reader) {
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
      store
          .snapshotUncached(service)
          .compose(look -> read(service, look))
          .onComplete(read -> next(), done::fail);
    }

    private Future<Void> read(String service, NumberedListing look) {
      boolean none = look.json().length() <= 2;
      Buffer piece = none ? Buffer.buffer() : form.piece.apply(service, look);
      if (piece.length() == 0) {
        return Future.succeededFuture();
      }
      Buffer next = comma ? Buffer.buffer(",").appendBuffer(piece) : piece;
      comma = true;
      return reader.read(next);
    }
  }
}
