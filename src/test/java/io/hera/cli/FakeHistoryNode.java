package io.hera.cli;

import io.hera.json.JsonWriter;
import io.hera.store.history.EventJson;
import io.hera.store.history.EventPage;
import io.hera.store.history.EventQuery;
import io.hera.store.history.EventType;
import io.hera.store.history.History;
import io.hera.store.history.HistoryEvent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node that has a history and nothing else. Its streams end after each event. */
final class FakeHistoryNode implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final String name;
  private final List<HistoryEvent> events = new CopyOnWriteArrayList<>();
  private final List<HistoryEvent> later = new CopyOnWriteArrayList<>();
  final List<String> requests = new CopyOnWriteArrayList<>();
  /** The status of every other answer than that to a request for events. */
  volatile int otherStatus = 404;

  final int port;

  FakeHistoryNode(String name) {
    this.name = name;
    port = vertx
        .createHttpServer()
        .requestHandler(this::answer)
        .listen(0, "127.0.0.1")
        .await()
        .actualPort();
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  void add(List<HistoryEvent> some) {
    events.addAll(some);
  }

  /** Adds events when the first stream begins. */
  void addWithFirstStream(List<HistoryEvent> some) {
    later.addAll(some);
  }

  private void answer(HttpServerRequest request) {
    String lastId = request.headers().contains("Last-Event-ID")
        ? " after " + request.getHeader("Last-Event-ID")
        : "";
    requests.add(request.uri() + lastId);
    if (!request.path().equals("/_events")) {
      request.response().setStatusCode(otherStatus).end();
    } else if (lastId.isEmpty()) {
      request.response().end(Buffer.buffer(page(request)));
    } else {
      stream(request, Long.parseLong(lastId.substring(lastId.indexOf(':') + 1)));
    }
  }

  private byte[] page(HttpServerRequest request) {
    History history = new History();
    events.forEach(history::add);
    EventQuery query = new EventQuery(
        Optional.ofNullable(request.getParam("service")),
        Optional.ofNullable(request.getParam("id")),
        Optional.ofNullable(request.getParam("type")).flatMap(EventType::of),
        Optional.empty(),
        any -> true);
    EventPage page = history.page(new EventPage.Request(
        query,
        Long.parseLong(request.getParam("before", "" + Long.MAX_VALUE)),
        Integer.parseInt(request.getParam("limit", "100"))));
    JsonWriter out = new JsonWriter(1_000).ascii("{\"node\":").string(name);
    out.ascii(",\"life\":\"9f2c\",\"now\":1,");
    EventJson.write(out, page, "9f2c");
    return out.raw('}').toBytes();
  }

  /** Sends the first event after a number, with a long event and a comment before it. */
  private void stream(HttpServerRequest request, long after) {
    add(later);
    later.clear();
    Buffer text =
        Buffer.buffer(": hello\n\nevent: services\ndata: " + "x".repeat(100_000) + "\n\n");
    events.stream().filter(event -> event.number() > after).findFirst().ifPresent(event -> {
      JsonWriter out = new JsonWriter(400);
      EventJson.write(out, event, "9f2c");
      text.appendString("event: change\nid: 9f2c:" + event.number() + "\ndata: "
          + new String(out.toBytes(), StandardCharsets.UTF_8) + "\n\n");
    });
    request.response().putHeader("content-type", "text/event-stream").end(text);
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
