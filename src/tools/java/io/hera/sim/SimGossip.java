package io.hera.sim;

import io.hera.gossip.Answer;
import io.hera.gossip.Command;
import io.hera.gossip.Failure;
import io.hera.gossip.Gossip;
import io.hera.gossip.Lane;
import io.hera.json.Malformed;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.store.BootTime;
import io.hera.store.PeerMet;
import io.hera.store.PeerTurns;
import io.hera.store.Receipt;
import io.hera.store.Reception;
import io.hera.wire.V1Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The driver of the {@link Gossip} of one life of a node over the simulated network, as the gossip
 * verticle is over the real one. Owned by {@link SimNode}.
 */
final class SimGossip {
  private static final Failure TIMED_OUT = new Failure(Failure.Kind.OTHER, "timed out");
  private static final Failure REFUSED = new Failure(Failure.Kind.REFUSED, "connection refused");
  private static final Failure NO_ANSWER = new Failure(Failure.Kind.OTHER, "refused or malformed");

  private final SimNode node;
  private final Plan.Cluster cluster;
  private final Gossip gossip;
  private final BootTime bootTime;
  private final Map<String, Link> links = new TreeMap<>();
  private int pulls;

  SimGossip(SimNode node, NodeSettings settings, BootTime bootTime) {
    this.node = node;
    this.bootTime = bootTime;
    this.cluster = settings.cluster();
    this.gossip = new Gossip(node.name, settings.gossip(node.name), node.world.random);
  }

  /** The record of the pulls from one peer, for the observer. */
  static final class Link {
    final String peer;
    boolean failing;
    /** Whether the exchange under way, or the last one, asks for the own entries (P7). */
    boolean takesBack;
    /** Whether the peer has returned all own entries in this life (P7). */
    boolean paid;
    /** Whether a whole pull of all origins has ended. */
    boolean pulled;

    /** Time of the world at which the first of these pulls has ended. */
    long pulledMillis;

    /** The agreed time of the node at that moment. */
    long agreedMillis;

    long begunMillis;
    /**
     * Time since which the link works, as the observer sees it; {@code MAX_VALUE} if it does not.
     */
    long wellSince = Long.MAX_VALUE;

    Link(String peer) {
      this.peer = peer;
    }
  }

  Map<String, Link> links() {
    return links;
  }

  void start() {
    run(gossip.start(now()));
  }

  void configure(NodeSettings settings) {
    run(gossip.configure(settings.gossip(node.name), now()));
  }

  /** Returns how many pulls of all origins have begun. */
  int pulls() {
    return pulls;
  }

  void askAgain() {
    run(gossip.askAgain(now()));
  }

  void peerMet(PeerMet met) {
    run(gossip.peerMet(met));
  }

  private void run(List<Command> commands) {
    commands.forEach(command -> {
      if (command instanceof Command.Step step) {
        step(step);
      } else if (command instanceof Command.Timer timer) {
        node.actLater(timer.millis(), () -> due(timer));
      } else {
        happened((Command.Notice) command);
      }
    });
  }

  private void due(Command.Timer timer) {
    if (timer instanceof Command.Alarm alarm && alarm.kind() == Command.Alarm.Kind.ROUND) {
      node.observer.round(node);
    }
    run(gossip.due(timer, now()));
  }

  private void step(Command.Step step) {
    Lane lane = step.lane();
    if (lane.kind() == Lane.Kind.HANG && !cluster.hanging()) {
      return; // this cluster has no fast path
    }
    if (step instanceof Command.Ask ask) {
      if (lane.kind() == Lane.Kind.PULL) {
        asks(link(lane), ask.target().digest().horizons().keySet());
      }
      new Exchange(ask).begin();
    } else if (step instanceof Command.Receive receive) {
      node.askStore(
          store -> received(store, receive.reception()),
          receipt -> run(gossip.received(lane, receipt, now())));
    } else if (step instanceof Command.BeginPull) {
      link(lane).begunMillis = node.timeline.now();
      pulls++;
      node.askStore(store -> store.digest(lane.peer()), digest -> read(lane, digest));
    } else {
      node.askStore(store -> store.nextDigest(lane.peer()), digest -> read(lane, digest));
    }
  }

  private Receipt received(PeerTurns store, Reception reception) {
    Receipt receipt = node.history().heardFrom(reception.peer(), () -> store.receive(reception));
    node.observer.merged(node);
    return receipt;
  }

  private void read(Lane lane, Digest digest) {
    run(gossip.digest(lane, digest, now()));
  }

  private void happened(Command.Notice notice) {
    if (notice instanceof Command.Connect connect) {
      links.put(connect.peer(), new Link(connect.peer()));
    } else if (notice instanceof Command.Disconnect disconnect) {
      links.remove(disconnect.peer());
    } else if (notice instanceof Command.Succeeded succeeded) {
      succeeded(link(succeeded.lane()));
    } else if (notice instanceof Command.Failed failed) {
      if (failed.lane().kind() == Lane.Kind.PULL) {
        link(failed.lane()).failing = true;
      }
    } else if (notice instanceof Command.Diverged diverged) {
      node.sendToStore(store -> store.diverged(diverged.found()));
      node.observer.repaired();
    } else if (notice instanceof Command.Recovered recovered) {
      boolean byAll = recovered.progress().answered() == recovered.progress().peers();
      node.sendToStore(store -> node.recovered(byAll));
    } else if (notice instanceof Command.Synchronised) {
      node.sendToStore(store -> node.synchronised());
    }
  }

  private void asks(Link link, Set<String> origins) {
    link.takesBack = origins.equals(Set.of(node.name));
    if (link.takesBack) {
      link.begunMillis = node.timeline.now();
    }
  }

  private void succeeded(Link link) {
    link.failing = false;
    if (link.takesBack) {
      paid(link);
    } else if (!link.pulled) {
      link.pulled = true;
      link.pulledMillis = node.timeline.now();
      link.agreedMillis = node.inspection.nowMillis();
    }
  }

  /** The peer owes still if own entries were refused. */
  private void paid(Link link) {
    if (!gossip.owes(link.peer)) {
      link.paid = true;
      node.observer.paid(node, link.peer);
    }
  }

  private long now() {
    return bootTime.getAsLong() / 1_000_000;
  }

  private Link link(Lane lane) {
    Link link = links.get(lane.peer());
    if (link == null) {
      throw new IllegalStateException("not connected: " + lane);
    }
    return link;
  }

  /** One request and its answer, which the network may deliver twice, or too late. */
  private final class Exchange {
    private final Command.Ask ask;
    private final long askedMillis = now();
    private boolean reported;
    private boolean ended;

    Exchange(Command.Ask ask) {
      this.ask = ask;
    }

    void begin() {
      Request request =
          new Request(node.handshake().header(), Dialect.V2, ask.target().encode());
      node.world.ask(
          node,
          ask.lane().peer(),
          request,
          response -> node.act(() -> arrived(response)),
          () -> node.act(() -> fail(REFUSED)));
      node.actLater(ask.deadlineMillis(), () -> fail(TIMED_OUT));
    }

    private void arrived(Response response) {
      if (ended || node.gossip() != SimGossip.this) {
        return; // the connection is closed, or has ended with its process
      }
      Optional<Answer> answer = decoded(response);
      if (answer.isEmpty()) {
        fail(NO_ANSWER);
      } else if (reported) {
        Reception again = again(answer.get());
        node.sendToStore(
            store -> node.history().heardFrom(again.peer(), () -> store.receive(again)));
      } else {
        reported = true;
        run(gossip.answered(ask.lane(), answer.get(), now()));
      }
    }

    private void fail(Failure failure) {
      ended = true;
      if (!reported) {
        reported = true;
        run(gossip.failed(ask.lane(), failure, now()));
      }
    }

    private Optional<Answer> decoded(Response response) {
      V1Request asked =
          new V1Request(ask.target().digest(), node.registry.nowMillis(), cluster.livenessMillis());
      try {
        return response.refused()
            ? Optional.empty()
            : Optional.of(Answer.decode(
                    response.dialect(),
                    response.body(),
                    asked,
                    now() - askedMillis,
                    Network.ENTRIES_MAX)
                .answer());
      } catch (Malformed malformed) {
        return Optional.empty();
      }
    }

    /** Returns a repeated reception: applying an entry twice is harmless (P2). */
    private Reception again(Answer answer) {
      return new Reception(
          ask.lane().peer(),
          Optional.empty(),
          ask.target().digest(),
          answer.delta(),
          Reception.Place.WITHIN,
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty());
    }
  }
}
