package io.hera.http.inspect;

import io.hera.http.Endpoint;
import io.hera.http.EventText;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.RequestCounters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.http.StreamClients;
import io.hera.json.ObjectCursor;
import io.hera.store.Beat;
import io.hera.store.BeatListener;
import io.hera.store.NextTurn;
import io.hera.store.Slices;
import io.hera.store.Store;
import io.hera.wire.NodeStatus;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * {@code GET /_gossip}: a stream of the exchanges with peers, as they happen, for an operator who wants to see them. One per HTTP
 * verticle, used on its context only.
 *
 * <p>While there is a stream, a timer asks the store four times a second, and the streams get an event {@code beat} if something was
 * said. A client that reads slowly misses beats: they are not kept for anyone.
 */
public final class GossipStream implements Endpoint {
  private static final long BEAT_MILLIS = 250;
  /** Beats between two events with the state of all peers. */
  private static final int BEATS = 20;

  private final Vertx vertx;
  private final Store store;
  private final Supplier<Future<NodeStatus>> status;
  private final InstantSource agreed;
  private final StreamClients clients;
  private final Set<Exchange> streams = new LinkedHashSet<>();
  private final Slices<Piece> pieces;
  private final BeatListener listener = new BeatListener();
  private Map<String, BeatJson.Network> network = Map.of();
  private OptionalLong timer = OptionalLong.empty();
  private boolean asking;
  private int beats;

  /**
   * The streams of one HTTP verticle.
   *
   * @param status reads the status of the node
   * @param agreed the time that the nodes agree on
   */
  public GossipStream(
      Context context,
      Store store,
      Supplier<Future<NodeStatus>> status,
      InstantSource agreed,
      RequestCounters counters,
      RandomGenerator random) {
    this.vertx = context.owner();
    this.store = store;
    this.status = status;
    this.agreed = agreed;
    this.clients = new StreamClients(vertx, counters, random);
    this.pieces = new Slices<>(new NextTurn(context), GossipStream::write);
  }

  /** An event on its way to one client. */
  private record Piece(Exchange client, Buffer event) {}

  @Override
  public Route route() {
    return Route.read("/_gossip", Parameters.NONE, Right.OPERATE);
  }

  @Override
  public void handle(Exchange exchange) {
    if (!clients.begin(exchange)) {
      return;
    }
    streams.add(exchange);
    clients.add(exchange, () -> true, () -> forget(exchange));
    listen()
        .compose(listening -> status.get())
        .onSuccess(now -> begin(exchange, now))
        .onFailure(defect -> clients.end(exchange, () -> forget(exchange)));
  }

  /** Has the store gather beats, unless it does already. */
  private Future<Void> listen() {
    return timer.isEmpty() ? store.beat(listener).mapEmpty() : Future.succeededFuture();
  }

  private void begin(Exchange exchange, NodeStatus now) {
    if (!streams.contains(exchange)) {
      return;
    }
    pieces.add(List.of(new Piece(exchange, peers(now))));
    if (timer.isEmpty()) {
      network = network(now);
      timer = OptionalLong.of(vertx.setPeriodic(BEAT_MILLIS, due -> beat()));
    }
  }

  private void forget(Exchange exchange) {
    if (streams.remove(exchange)) {
      clients.forgotten();
    }
    if (streams.isEmpty()) {
      timer.ifPresent(vertx::cancelTimer);
      timer = OptionalLong.empty();
    }
  }

  private void beat() {
    if (asking) {
      return;
    }
    asking = true;
    store
        .beat(listener)
        .compose(beat -> status.get().onSuccess(now -> beat(beat, now)))
        .onComplete(done -> asking = false);
  }

  private void beat(Beat beat, NodeStatus now) {
    Map<String, BeatJson.Network> happened = new TreeMap<>();
    Map<String, BeatJson.Network> sums = network(now);
    sums.forEach((peer, sum) -> {
      BeatJson.Network since = sum.since(network.getOrDefault(peer, BeatJson.Network.NONE));
      if (!since.isNothing()) {
        happened.put(peer, since);
      }
    });
    network = sums;
    if (!happened.isEmpty() || !beat.heard().isEmpty() || !beat.told().isEmpty()) {
      send(event("beat", BeatJson.of(agreed.millis(), beat, happened)));
    }
    beats++;
    if (beats % BEATS == 0) {
      send(peers(now));
    }
  }

  private void send(Buffer event) {
    List<Piece> more = new ArrayList<>();
    streams.forEach(client -> more.add(new Piece(client, event)));
    pieces.add(more);
  }

  private static long write(Piece piece) {
    if (piece.client.ended() || piece.client.isFull()) {
      return Slices.LOOK;
    }
    piece.client.write(piece.event);
    return Slices.WRITE + piece.event.length();
  }

  private static Map<String, BeatJson.Network> network(NodeStatus now) {
    Map<String, BeatJson.Network> sums = new TreeMap<>();
    now.peers().forEach((name, peer) -> sums.put(name, BeatJson.Network.of(peer)));
    return sums;
  }

  /** Returns the event with the part of the status that is about peers. */
  private static Buffer peers(NodeStatus now) {
    ObjectCursor members = new ObjectCursor(now.toJson());
    if (!members.next("peers")) {
      throw new IllegalStateException("a status has no peers");
    }
    return event("peers", members.value());
  }

  private static Buffer event(String type, byte[] json) {
    return EventText.head(type).appendBytes(json).appendString("\n\n");
  }
}
