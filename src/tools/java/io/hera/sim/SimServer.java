package io.hera.sim;

import io.hera.gossip.serve.DeltaWriter;
import io.hera.gossip.serve.ParkedPulls;
import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.store.DeltaReply;
import io.hera.store.DeltaRequest;
import io.hera.store.DeltaResponse;
import io.hera.store.PeerIdentities.Claim;
import io.hera.store.PeerTurns;
import io.hera.store.Written;
import io.hera.wire.DeltasTarget;
import io.hera.wire.GossipLimits;
import io.hera.wire.Handshake;
import java.util.List;
import java.util.function.Consumer;

/**
 * The answering side of one life of a node: the driver of its {@link ParkedPulls}, as the delta
 * endpoint is over HTTP. Owned by {@link SimNode}.
 */
final class SimServer {
  private final SimNode node;
  private final DeltaWriter writer;
  private final int pageBytes;
  private final ParkedPulls<Client> parked = new ParkedPulls<>(GossipLimits.PARKED_MAX);
  /**
   * The last delta for a parked pull, which the store may share among several within milliseconds.
   */
  private Delta shared = new Delta(List.of());

  /** A peer that waits for a reply. */
  private record Client(Dialect dialect, Consumer<Response> reply) {}

  SimServer(SimNode node, DeltaWriter writer, int pageBytes) {
    this.node = node;
    this.writer = writer;
    this.pageBytes = pageBytes;
  }

  /** A request has come; {@code reply} may be called now, later, or never. */
  void receive(Request request, Consumer<Response> reply) {
    try {
      DeltaRequest asked = new DeltaRequest(
          Handshake.parse(request.handshake()).map(peer -> new Claim(peer, "sim")),
          DeltasTarget.decode(request.query()),
          request.accepts(),
          pageBytes);
      serve(parked.arrived(new Client(request.accepts(), reply), asked));
    } catch (Malformed malformed) {
      reply.accept(Response.REFUSED);
    }
  }

  /** The store has written. */
  void wrote(Written written) {
    serve(parked.wrote(written));
  }

  private void serve(List<ParkedPulls.Command<Client>> commands) {
    commands.forEach(this::serve);
  }

  private void serve(ParkedPulls.Command<Client> command) {
    ParkedPulls.Pull<Client> pull = command.pull();
    if (command instanceof ParkedPulls.Ask<Client> ask) {
      node.askStore(
          turns -> delta(turns, ask.request()),
          reply -> serve(parked.replied(pull, reply, ParkedPulls.Client.WAITS)));
    } else if (command instanceof ParkedPulls.Park<Client> park) {
      node.actLater(park.millis(), () -> serve(parked.giveUp(pull)));
    } else if (command instanceof ParkedPulls.Reply<Client> reply) {
      pull.client().reply().accept(response(pull.client().dialect(), reply.reply()));
    }
  }

  @SuppressWarnings("ReferenceEquality") // an equal delta that was made anew is to be checked too
  private DeltaReply delta(PeerTurns turns, DeltaRequest request) {
    DeltaReply reply = turns.delta(request);
    if (reply instanceof DeltaResponse response && response.delta() != shared) {
      made(request, response);
    }
    return reply;
  }

  /** The store has made an answer to requests that wait, in the turn of a write. */
  void answers(Written written) {
    written.answer().ifPresent(answer -> made(answer.request(), answer.response()));
  }

  private void made(DeltaRequest request, DeltaResponse response) {
    node.observer.answers(node, response.delta(), request.dialect());
    boolean mayBeShared = request.waitMillis() > 0 && response.delta().size() > 0;
    shared = mayBeShared ? response.delta() : shared;
  }

  private Response response(Dialect dialect, DeltaReply reply) {
    return reply instanceof DeltaResponse response
        ? new Response(dialect, writer.write(response, dialect))
        : Response.REFUSED;
  }
}
