package io.hera.cli.keep;

import io.hera.cli.nodes.Phrasing;
import io.hera.cli.reach.Notes;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.Surroundings;
import io.hera.client.HeraClient;
import io.hera.client.HeraProblem;
import io.hera.client.HeraSettings;
import io.hera.client.Offer;
import io.hera.client.Registration;
import io.hera.client.Registration.State;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An instance that is kept registered until it is deregistered. */
final class KeptInstance implements AutoCloseable {
  /** The library logs there what {@link Changes} says; held, so that the level stays. */
  private static final Logger LIBRARY = Logger.getLogger("io.hera.client");

  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final HeraClient client;
  private final Registration registration;
  private final Duration ttl;
  private final Owner owner;
  private final Changes changes;

  private KeptInstance(Owner owner, Offer offer, HeraClient client) {
    this.owner = owner;
    this.client = client;
    this.ttl = offer.ttl();
    this.changes = new Changes(client, ttl, owner.notes());
    client.listen(changes);
    this.registration = client.register(offer);
  }

  /** Keeps instances: with settings that were checked, so that none is wrong once a process runs. */
  record Owner(HeraSettings settings, Notes notes, LongSupplier nanos) {
    /**
     * Returns the owner that options and environment describe.
     *
     * @throws IllegalArgumentException if they are wrong
     */
    static Owner of(ReachOptions options, Surroundings around) {
      Notes notes = Notes.of(options, around.err());
      HeraSettings settings = OwnerSettings.of(options, around, notes).withFarewell(FAREWELL);
      return new Owner(settings, notes, around.nanos());
    }

    /** Begins to register an instance. */
    KeptInstance keep(Offer offer) {
      LIBRARY.setLevel(Level.OFF);
      return new KeptInstance(this, offer, HeraClient.create(settings));
    }
  }

  /** How the deregistration of an instance has ended. */
  enum End {
    /** A node has confirmed it. */
    CONFIRMED,
    /** No node has; the instance ends by its ttl. */
    DOUBTFUL,
    /** No node has shown the instance. */
    NEVER_SHOWN
  }

  /** Registers it only when it is well; see {@link Registration#when}. */
  void when(ServingCheck check, Duration every) {
    registration.when(
        new FollowedCheck(
            check, predicate -> owner.notes().say(Changes.name(registration) + " " + predicate)),
        every);
  }

  /** Returns a future that completes if it is refused before any node has accepted it. */
  CompletableFuture<HeraProblem> refusal() {
    return changes.refusal();
  }

  /** Deregisters it; waits for the answer of a node, but not for long. A node may show it though its answer has not come yet. */
  End deregister() {
    boolean starting = registration.state() == State.STARTING;
    boolean asked = client.status().requests() > 0;
    long begin = owner.nanos().getAsLong();
    registration.close();
    if (starting && !(asked && hasAnswer())) {
      return End.NEVER_SHOWN;
    }
    boolean inTime = owner.nanos().getAsLong() - begin < FAREWELL.toNanos();
    return inTime ? End.CONFIRMED : End.DOUBTFUL;
  }

  /** Returns whether a node has ever answered. */
  private boolean hasAnswer() {
    return client.status().nodes().stream()
        .anyMatch(node -> node.lastAnswerAge().isPresent());
  }

  /** Returns the sentence about the end of this instance. */
  String sentence(End end) {
    String name = Changes.name(registration);
    return switch (end) {
      case CONFIRMED -> name + " is deregistered";
      case DOUBTFUL ->
        "no node has confirmed that " + name + " is deregistered, it ends by itself within "
            + Phrasing.duration(ttl.toMillis());
      case NEVER_SHOWN -> name + " was not registered";
    };
  }

  /** Ends the connections to the nodes. */
  @Override
  public void close() {
    client.close();
  }
}
