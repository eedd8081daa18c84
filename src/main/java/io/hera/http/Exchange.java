package io.hera.http;

import io.hera.access.ServiceSet;
import io.hera.store.page.Page;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request, from its head to its reply. Used on the context of its connection only.
 *
 * <p>The first reply wins: a later one is dropped, and so is one to a client that has disconnected. So where a timer, a change and
 * the store may all answer a request, none of them has to know which came first. The request is counted and timed when the reply begins.
 */
public final class Exchange extends ReceivedRequest {
  private static final Logger log = LoggerFactory.getLogger(Exchange.class);

  private final Response response;
  private final WholeReply whole;
  private final PiecewiseReply pieces;
  private final Connections connections;
  /** When the request's head came, or 0 when its time is not taken. */
  private final long startNanos;

  private RouteCounters route;
  private boolean varies;
  private boolean forPeer;
  private boolean inputEnded;
  private Runnable onDrain = () -> {};

  /** An exchange that {@link Connections} begins. */
  Exchange(
      HttpServerRequest request,
      Sender sender,
      Target target,
      RouteCounters route,
      Connections connections,
      long startNanos) {
    super(request, sender, target);
    this.response = new Response(request.response(), connections.inFlight());
    this.whole = new WholeReply(this, response, connections);
    this.pieces = new PiecewiseReply(this, response);
    this.route = route;
    this.connections = connections;
    this.startNanos = startNanos;
  }

  /** Returns whether the response has ended or the client has disconnected. */
  public boolean ended() {
    return response.ended();
  }

  /** Returns whether the server is about to stop, or the client sends nothing more: the request must not be parked any more. */
  public boolean draining() {
    return inputEnded || connections.draining();
  }

  /** Has {@code action} run if the client disconnects before the response has ended. Replaces an earlier action. */
  public void onDisconnect(Runnable action) {
    response.onDisconnect(action);
  }

  /** Has {@code action} run when the server begins to stop, to complete this exchange. Replaces an earlier action. */
  public void onDrain(Runnable action) {
    onDrain = action;
  }

  /** Counts the request under this route from now on: one that has waited, for example. */
  public void countAs(String route) {
    this.route = connections.route(route);
  }

  void countAs(RouteCounters route) {
    this.route = route;
  }

  /** Completes the exchange, if it is parked, because the server is about to stop. */
  void drain() {
    onDrain.run();
  }

  /** Ends a read that its sender may not go on with. There is no refusal if it may ask again: its stream or its connection ends. */
  void revoke(Optional<Problem> refusal) {
    refusal.ifPresent(this::problem);
    if (response.isOpen()) {
      abort();
    }
    drain();
    if (!ended()) {
      abort();
    }
  }

  /** Returns the services that a list for this client may show, and says in the reply if some may be left out. */
  public ServiceSet readable() {
    ServiceSet readable = caller().grants().reads();
    if (!readable.isAll()) {
      putHeader(ReplyHeaders.FILTERED, "true");
    }
    return readable;
  }

  /** Notes that the client sends nothing more. It may have disconnected: only a reply that does not wait is worth sending. */
  void inputEnded() {
    inputEnded = true;
    drain();
  }

  /** Adds a header that the reply to come has not yet, at less cost than {@link #putHeader}; without effect after it. */
  public void addHeader(CharSequence name, CharSequence value) {
    response.addHeader(name, value);
  }

  /** Sets a header of the reply to come, in place of an earlier value; without effect after it. */
  public Exchange putHeader(CharSequence name, CharSequence value) {
    response.header(name, value);
    return this;
  }

  /** Says that the client's Accept decides about the type of the reply, whichever it gets. */
  public Exchange variesByAccept() {
    varies = true;
    return putHeader(HttpHeaderNames.VARY, ReplyHeaders.VARY_ALL);
  }

  /** Replies with this status and nothing else. */
  public void empty(int status) {
    whole.empty(status);
  }

  /** Replies with 204. */
  public void done() {
    empty(204);
  }

  /** Replies with 200 and JSON. */
  public void json(Buffer json) {
    json(200, json);
  }

  /** Replies with JSON. */
  public void json(int status, Buffer json) {
    whole.body(status, ReplyHeaders.JSON, json);
  }

  /** Replies with 200 and JSON that has the entity tag {@code etag}. */
  public void json(String etag, Buffer json) {
    putHeader(HttpHeaderNames.ETAG, etag).json(json);
  }

  /** Replies with 200 and JSON that has the entity tag {@code etag}, as it is; takes over the reference to {@code page}. */
  public void json(String etag, Page page) {
    putHeader(HttpHeaderNames.ETAG, etag);
    whole.plain(200, ReplyHeaders.JSON, page);
  }

  /** The same with JSON that is compressed already. */
  public void gzippedJson(String etag, Page gzip) {
    putHeader(HttpHeaderNames.ETAG, etag);
    whole.gzipped(200, ReplyHeaders.JSON, gzip);
  }

  /** Replies with 200 and a body of another type. */
  public void body(CharSequence type, Buffer body) {
    whole.body(200, type, body);
  }

  /** Replies with 200 and a body of another type that is compressed already. */
  public void gzipped(CharSequence type, Buffer gzip) {
    whole.gzipped(200, type, Page.of(gzip));
  }

  /** Replies with 304: what the client has still has the entity tag {@code etag}. */
  public void notModified(String etag) {
    if (begin(304)) {
      request().response().putHeader(HttpHeaderNames.ETAG, etag);
      response.end();
    }
  }

  /** Replies with a problem. */
  public void problem(Problem problem) {
    if (response.isOpen()) {
      count(problem);
      whole.problem(problem);
    }
  }

  /** Counts a problem that is part of a reply: of one item of many. */
  public void count(Problem problem) {
    connections.count(problem.type());
  }

  /**
   * Replies with the problem behind a failure. Any other failure is a defect: it is logged, and sent without detail, or ends the
   * connection if a reply has begun.
   */
  public void fail(Throwable failure) {
    if (failure instanceof ProblemException known) {
      problem(known.problem());
    } else {
      log.error("defect while serving a request", failure);
      problem(Problem.internal());
      if (!ended()) {
        abort();
      }
    }
  }

  /**
   * Begins a reply of 200 that is written piece by piece; returns how its pieces are to be coded, which the client decides. The
   * exchange has ended at once if the request is a HEAD.
   */
  public SharedWalk.Coding begin(CharSequence type) {
    return pieces.begin(type);
  }

  /** Begins a reply of 200 with a stream of events, which proxies are not to hold back; else like {@link #begin}. */
  public void beginEvents() {
    putHeader(ReplyHeaders.BUFFERING, "no");
    pieces.beginPlain(ReplyHeaders.EVENTS);
  }

  /** Writes a part of a stream of events, in pieces, as the client reads; completes when all is in the socket. */
  public Future<Void> sendAll(Buffer text) {
    return response.sendAll(text, connections.largeReplies());
  }

  /** Writes a piece, whether there is room for it or not; without effect when the exchange has ended. */
  public void write(Buffer piece) {
    response.write(piece);
  }

  /** Returns whether as much is waiting to be sent as should. */
  public boolean isFull() {
    return response.isFull();
  }

  /** Completes when there is room for more; fails if the client has disconnected. */
  public Future<Void> room() {
    return response.room();
  }

  /** Ends a reply that was written piece by piece; without effect when it has ended. */
  public void end() {
    response.end();
  }

  /** Closes the connection: the only way to tell a client that a reply which has begun is not complete. */
  public void abort() {
    request().connection().close();
  }

  /** Says that the client's Accept-Encoding decides about the bytes of the reply. */
  void varyByEncoding() {
    if (!varies) {
      putHeader(HttpHeaderNames.VARY, ReplyHeaders.VARY_ENCODING);
    }
  }

  /** Notes that a peer is to get the reply: however little its clients read, and wherever they are to go, a node answers its peers. */
  public void replyingToPeer() {
    forPeer = true;
  }

  /** Returns whether a read has to be refused, because too many clients do not read what they asked for. */
  boolean isBusy() {
    return !forPeer
        && method().equals(HttpMethod.GET)
        && !connections.inFlight().hasRoom();
  }

  /** Begins the reply; false if there has been one already, or the client has disconnected. */
  boolean begin(int status) {
    if (!response.isOpen()) {
      return false;
    }
    connections.count(route, method(), status, startNanos);
    HttpServerResponse http = response.begin(status);
    if (connections.draining()) {
      http.putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (!forPeer && connections.sendsAway()) {
      http.putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      http.endHandler(ended -> BodyHead.closeAtItsEnd(request()));
    }
    ReplyHeaders.addCommon(http.headers(), this, connections);
    BrowserHeaders.put(http, request(), sender());
    return true;
  }
}
