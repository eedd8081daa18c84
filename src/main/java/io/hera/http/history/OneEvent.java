package io.hera.http.history;

import io.hera.access.ServiceSet;
import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.http.Target;
import io.hera.json.JsonWriter;
import io.hera.store.Store;
import io.hera.store.history.EventJson;
import io.hera.store.history.EventPage;
import io.hera.store.history.EventQuery;
import io.hera.store.history.HistoryEvent;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /_events/<n>}: one event, with the documents before and after it. One per HTTP verticle. */
public final class OneEvent implements Endpoint {
  private static final Pattern NUMBER = Pattern.compile(".*/([1-9][0-9]{0,17})/?");

  private final Store store;
  private final String life;

  /** The endpoint of a node of this life. */
  public OneEvent(Store store, String life) {
    this.store = store;
    this.life = life;
  }

  @Override
  public Route route() {
    return Route.read(EventList.PATH + "/{n}", Parameters.NONE, Right.READ_SOME);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    long number = number(((Target.Operation) exchange.target()).path());
    ServiceSet readable = exchange.caller().grants().reads();
    store
        .event(number)
        .onSuccess(found -> found
            .filter(event -> event.service().isEmpty() || readable.test(event.service()))
            .ifPresentOrElse(event -> exchange.json(json(event)), () -> missing(exchange, number)))
        .onFailure(exchange::fail);
  }

  private static long number(String path) throws ProblemException {
    Matcher number = NUMBER.matcher(path);
    if (!number.matches()) {
      throw new ProblemException(Problem.unknownEvent("not the number of an event: 1, 2, 3 …"));
    }
    return Long.parseLong(number.group(1));
  }

  private Buffer json(HistoryEvent event) {
    JsonWriter out = new JsonWriter(1_024).ascii("{\"event\":");
    EventJson.write(out, event, life);
    EventJson.documents(out.raw(','), event);
    return Buffer.buffer(out.raw('}').toBytes());
  }

  /** A client that may not read all services gets the same reply for an event that is gone and for one that it may not read. */
  private void missing(Exchange exchange, long number) {
    store
        .events(new EventPage.Request(EventQuery.ALL, 0, 0))
        .onSuccess(bounds -> exchange.problem(
            Problem.unknownEvent(number > bounds.last() ? toCome(bounds) : gone(exchange, bounds))))
        .onFailure(exchange::fail);
  }

  private static String toCome(EventPage bounds) {
    return bounds.last() == 0
        ? "there has been no event yet"
        : "there has been no such event yet: the last one is " + bounds.last();
  }

  private static String gone(Exchange exchange, EventPage bounds) {
    String kept = "the event is not kept any more: from " + bounds.first()
        + " on all are, but for those that later events of the same instance stand for";
    return exchange.caller().readsAll() ? kept : kept + "; or the client may not read its service";
  }
}
