package io.hera.store;

import io.hera.registry.Drains;
import io.hera.registry.Emptied;
import io.hera.registry.Outcome;
import io.hera.registry.Registry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The commands of operators on drains, and the looks at instances that follow from a drain that comes or
 * goes, here or from a peer (P18). Owned by {@link StoreTurns}.
 */
final class DrainTurns {
  /** Instances that one part of long work looks at: a fraction of a millisecond. */
  private static final int LOOKS = (int) (LongWork.PART / Slices.LOOK);

  private final Registry registry;
  private final PeerTurns peers;
  private final LongWork longWork;
  private final Executor nextTurn;
  private boolean walking;
  /** The last command: the next one begins when it has ended, so that none misses what it empties. */
  private Future<DrainReply> last = Future.succeededFuture(new DrainReply.Done());

  DrainTurns(Registry registry, PeerTurns peers, LongWork longWork, Executor nextTurn) {
    this.registry = registry;
    this.peers = peers;
    this.longWork = longWork;
    this.nextTurn = nextTurn;
  }

  List<Drains.State> all() {
    return registry.drains().all();
  }

  /** Completes when this node shows what follows from the command. */
  Future<DrainReply> command(DrainCommand command) {
    last = last.transform(before -> begin(command));
    return last;
  }

  private Future<DrainReply> begin(DrainCommand command) {
    if (command instanceof DrainCommand.Put put && put.caution() == DrainCommand.Caution.ASKED) {
      List<String> mixed = List.copyOf(peers.withoutDrains());
      return mixed.isEmpty()
          ? longWork.run(
              new Commanded(command, Optional.of(registry.drains().emptied(put.selector()))))
          : Future.succeededFuture(new DrainReply.MixedVersions(mixed));
    }
    return longWork.run(new Commanded(command, Optional.empty()));
  }

  /** Instances are to be looked at: goes on with it in the next turns. */
  void walks() {
    if (!walking) {
      walking = true;
      nextTurn.execute(this::walk);
    }
  }

  private void walk() {
    walking = registry.drains().walk(4 * LOOKS);
    peers.turned();
    if (walking) {
      nextTurn.execute(this::walk);
    }
  }

  /** A command in parts: a look at the services that it would empty, the command, and the walk. */
  private final class Commanded implements LongWork.Parts<DrainReply> {
    private final DrainCommand command;
    private Optional<Emptied> emptied;
    private boolean written;
    private Optional<DrainReply> result = Optional.empty();

    Commanded(DrainCommand command, Optional<Emptied> emptied) {
      this.command = command;
      this.emptied = emptied;
    }

    @Override
    public long next() {
      if (emptied.isPresent()) {
        look(emptied.get());
      } else if (!written) {
        write();
      } else if (!registry.drains().walk(LOOKS)) {
        result = Optional.of(new DrainReply.Done());
      }
      return LongWork.PART;
    }

    @Override
    public Optional<DrainReply> result() {
      return result;
    }

    private void look(Emptied services) {
      if (!services.look(LOOKS)) {
        emptied = Optional.empty();
        if (!services.services().isEmpty()) {
          result = Optional.of(new DrainReply.WouldEmpty(services.services()));
        }
      }
    }

    private void write() {
      written = true;
      Outcome outcome = command instanceof DrainCommand.Put put
          ? registry.drains().put(put.selector(), put.document(), put.ttlMillis())
          : registry.drains().remove(command.selector());
      peers.turned();
      if (outcome != Outcome.DONE) {
        result = Optional.of(new DrainReply.Refused(outcome));
      }
    }
  }
}
