package io.hera.gossip.serve;

import io.hera.access.Permission.Ability;
import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.json.Malformed;
import io.hera.registry.Dialect;
import io.hera.store.DeltaReply;
import io.hera.store.DeltaRequest;
import io.hera.store.DeltaResponse;
import io.hera.store.PeerIdentities.Claim;
import io.hera.store.Store;
import io.hera.wire.DeltasTarget;
import io.hera.wire.GossipLimits;
import io.hera.wire.NodeId;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.hera.wire.V2Codec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code GET /_deltas}: answers a peer in the dialect that it accepts, and with {@code _wait} only after the next write. One per
 * HTTP verticle; runs the commands of {@link ParkedPulls}.
 */
public final class DeltaEndpoint implements Endpoint {
  private final Vertx vertx;
  private final Store store;
  private final DeltaEncoder encoder;
  private final KnownHandshakes handshakes = new KnownHandshakes();
  private final ParkedPulls<Peer> pulls;

  /** Creates the endpoint of one event loop; {@code encoder} is shared by all of the node. */
  public DeltaEndpoint(Vertx vertx, Store store, DeltaEncoder encoder) {
    this(vertx, store, encoder, GossipLimits.PARKED_MAX);
  }

  /** Parks at most {@code parkedMax} requests. */
  DeltaEndpoint(Vertx vertx, Store store, DeltaEncoder encoder, int parkedMax) {
    this.pulls = new ParkedPulls<>(parkedMax);
    this.vertx = vertx;
    this.store = store;
    this.encoder = encoder;
  }

  /** A peer that has asked, and the timer of its wait. */
  private static final class Peer {
    final Exchange exchange;
    final Dialect dialect;
    OptionalLong timer = OptionalLong.empty();

    Peer(Exchange exchange, Dialect dialect) {
      this.exchange = exchange;
      this.dialect = dialect;
    }
  }

  /** Subscribes to writes. */
  public Future<Void> start() {
    return store.writes().subscribe(written -> run(pulls.wrote(written)));
  }

  /** Returns how many requests are parked. */
  int parked() {
    return pulls.count();
  }

  @Override
  public Route route() {
    return Route.read(DeltasTarget.PATH, Parameters.ANY, Right.PEER);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    exchange.replyingToPeer();
    try {
      DeltasTarget target = DeltasTarget.decode(exchange.query().raw());
      if (target.waitMillis() > 0) {
        exchange.countAs(DeltasTarget.PATH + "?_wait");
      }
      Dialect dialect =
          exchange.accepts(HttpHeaderNames.ACCEPT, V2Codec.MEDIA_TYPE) ? Dialect.V2 : Dialect.V1;
      DeltaRequest request = exchange.caller().grants().has(Ability.PEER)
          ? new DeltaRequest(claim(exchange), target, dialect, GossipLimits.PAGE_BYTES)
          : DeltaRequest.ofOnlooker(target, dialect, GossipLimits.PAGE_BYTES);
      run(pulls.arrived(new Peer(exchange, request.dialect()), request));
    } catch (Malformed malformed) {
      throw new ProblemException(Problem.invalidQuery(malformed.reason()));
    }
  }

  /** A node of 2012 does not introduce itself, and is taken as it is (P9). */
  private Optional<Claim> claim(Exchange exchange) {
    return exchange
        .header(NodeId.HEADER)
        .flatMap(handshakes::parse)
        .map(peer -> new Claim(peer, exchange.remoteAddress()));
  }

  private void run(List<ParkedPulls.Command<Peer>> commands) {
    commands.forEach(this::run);
  }

  private void run(ParkedPulls.Command<Peer> command) {
    ParkedPulls.Pull<Peer> pull = command.pull();
    if (command instanceof ParkedPulls.Ask<Peer> ask) {
      store
          .delta(ask.request())
          .onSuccess(reply -> run(pulls.replied(pull, reply, client(pull))))
          .onFailure(defect -> {
            pulls.failed(pull);
            pull.client().exchange.fail(defect);
          });
    } else if (command instanceof ParkedPulls.Park<Peer> park) {
      park(pull, park.millis());
    } else if (command instanceof ParkedPulls.Reply<Peer> reply) {
      reply(pull.client(), reply.reply());
    }
  }

  private void park(ParkedPulls.Pull<Peer> pull, long millis) {
    Peer peer = pull.client();
    Runnable giveUp = () -> run(pulls.giveUp(pull));
    peer.timer = OptionalLong.of(vertx.setTimer(millis, over -> giveUp.run()));
    peer.exchange.onDrain(giveUp);
    peer.exchange.onDisconnect(giveUp);
  }

  private static ParkedPulls.Client client(ParkedPulls.Pull<Peer> pull) {
    Exchange exchange = pull.client().exchange;
    return exchange.draining() || exchange.ended()
        ? ParkedPulls.Client.LEAVES
        : ParkedPulls.Client.WAITS;
  }

  private void reply(Peer peer, DeltaReply reply) {
    Exchange exchange = peer.exchange;
    peer.timer.ifPresent(vertx::cancelTimer);
    if (reply instanceof DeltaReply.Refused refused) {
      exchange.problem(Problem.nameConflict(refused.reason()));
    } else if (reply instanceof DeltaResponse response) {
      boolean gzip = exchange.accepts(HttpHeaderNames.ACCEPT_ENCODING, "gzip");
      encoder
          .encode(response, peer.dialect, gzip)
          .onSuccess(encoded -> write(exchange, encoded))
          .onFailure(exchange::fail);
    }
  }

  private static void write(Exchange exchange, DeltaEncoder.Encoded encoded) {
    Buffer body = Buffer.buffer(encoded.bytes());
    exchange.variesByAccept();
    if (encoded.gzip()) {
      exchange.gzipped(encoded.type(), body);
    } else {
      exchange.body(encoded.type(), body);
    }
  }
}
