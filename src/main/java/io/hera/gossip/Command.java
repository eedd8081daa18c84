package io.hera.gossip;

import io.hera.registry.Divergence;
import io.hera.store.Reception;
import io.hera.store.Store;
import io.hera.wire.DeltasTarget;

/** What {@link Gossip} wants done by its driver. */
public sealed interface Command {
  /**
   * The next step of an exchange. The driver calls exactly one method of {@link Gossip} when it is done: the one that the command
   * names, or {@link Gossip#failed}.
   */
  sealed interface Step extends Command {
    /** Returns where the exchange takes place. */
    Lane lane();
  }

  /** Begin a pull by {@link Store#digest}; then {@link Gossip#digest}. */
  record BeginPull(Lane lane) implements Step {}

  /** Read {@link Store#nextDigest}; then {@link Gossip#digest}. */
  record ReadDigest(Lane lane) implements Step {}

  /** Ask the peer; then {@link Gossip#answered}. When the deadline has passed, the exchange has failed. */
  record Ask(Lane lane, DeltasTarget target, long deadlineMillis) implements Step {}

  /** Have the store receive the peer's answer; then {@link Gossip#received}. */
  record Receive(Lane lane, Reception reception) implements Step {}

  /** Call {@link Gossip#due} with this command when the time has passed. */
  sealed interface Timer extends Command {
    /** Returns the time, at least 1. */
    long millis();
  }

  /** The next request on a lane. */
  record Wait(Lane lane, int number, long millis) implements Timer {}

  /** Something that concerns the node. */
  record Alarm(Kind kind, int number, long millis) implements Timer {
    /** The event of an alarm. */
    public enum Kind {
      /** The next round. */
      ROUND,
      /** The pulls from peers that have returned. */
      RETURNED,
      /** A look at what a starting node still waits for. */
      RECOVERY
    }
  }

  /** An event that the driver reports or logs. It calls nothing back. */
  sealed interface Notice extends Command {}

  /** A peer was added: its lanes will be used. */
  record Connect(String peer, int generation, PeerAddress address) implements Notice {}

  /** A peer was removed: exchanges with it are to be abandoned. */
  record Disconnect(String peer) implements Notice {}

  /** A pull, or the recovery from one peer, has ended well. */
  record Succeeded(Lane lane) implements Notice {}

  /** The exchange on a lane has failed, and with it the pull that it belonged to. */
  record Failed(Lane lane, Failure failure) implements Notice {}

  /** The peer holds or shows something else. All of that will be asked for again from 0. */
  record Diverged(Lane lane, Divergence found) implements Notice {}

  /** The recovery takes long. */
  record Recovering(RecoveryProgress progress) implements Notice {}

  /** The own entries are back, or the wait for them is over: the node takes writes (P7). */
  record Recovered(RecoveryProgress progress, String how) implements Notice {}

  /** The entries of the peers that can be reached are here, or the wait for them is over: the node is ready (P7). */
  record Synchronised(String how) implements Notice {}
}
