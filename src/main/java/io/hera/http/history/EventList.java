package io.hera.http.history;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Query;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.json.JsonWriter;
import io.hera.store.Store;
import io.hera.store.history.EventJson;
import io.hera.store.history.EventPage;
import io.hera.wire.NodeId;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * {@code GET /_events}: the events that the node remembers, newest first, or a stream of those to come. A node that is not ready yet
 * answers, too: it may have events of former lives, and says where its history begins. One per HTTP verticle.
 */
public final class EventList implements Endpoint {
  static final String PATH = "/_events";

  /** Events that are encoded on the event loop: in less than a millisecond. */
  private static final int INLINE_MAX = 100;

  private static final int EVENT_BYTES = 400;

  private final Vertx vertx;
  private final Store store;
  private final NodeId self;
  private final InstantSource agreed;
  private final HistoryStreams streams;

  /**
   * The endpoint of one HTTP verticle.
   *
   * @param agreed the time that the nodes agree on
   */
  public EventList(
      Vertx vertx, Store store, NodeId self, InstantSource agreed, HistoryStreams streams) {
    this.vertx = vertx;
    this.store = store;
    this.self = self;
    this.agreed = agreed;
    this.streams = streams;
  }

  @Override
  public Route route() {
    return Route.read(PATH, EventTerms.PARAMETERS, Right.READ_NAMED);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    exchange.variesByAccept();
    if (exchange.wantsEvents()) {
      streams.open(exchange, EventTerms.ofStream(exchange.query(), readable(exchange)));
    } else {
      list(exchange, EventTerms.ofList(exchange.query(), readable(exchange)));
    }
  }

  /** The gate has checked a service that is named. */
  private static Predicate<String> readable(Exchange exchange) throws ProblemException {
    Query query = exchange.query();
    return query.service().isPresent() ? named -> true : exchange.readable();
  }

  private void list(Exchange exchange, EventTerms terms) {
    store
        .events(new EventPage.Request(terms.query(), terms.before(), terms.limit()))
        .compose(this::encode)
        .onSuccess(exchange::json)
        .onFailure(exchange::fail);
  }

  private Future<Buffer> encode(EventPage page) {
    long now = agreed.millis();
    return page.events().size() <= INLINE_MAX
        ? Future.succeededFuture(json(page, now))
        : vertx.executeBlocking(() -> json(page, now), false);
  }

  private Buffer json(EventPage page, long now) {
    JsonWriter out = new JsonWriter(EVENT_BYTES * (1 + page.events().size()));
    out.ascii("{\"node\":").string(self.name()).ascii(",\"life\":").string(self.life());
    out.ascii(",\"now\":").number(now).raw(',');
    EventJson.write(out, page, self.life());
    return Buffer.buffer(out.raw('}').toBytes());
  }
}
