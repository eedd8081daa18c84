package io.hera.gossip;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decides when a starting node has its own entries back (P7): when every peer has answered or failed, or when the time is over.
 * Plain single-threaded Java, owned by {@link Gossip}; used once.
 */
final class Recovery {
  private final int peers;
  private final Set<String> pending;
  private int answered;
  private boolean ended;

  /** Awaits the peers of these names. */
  Recovery(Set<String> peers) {
    this.peers = peers.size();
    this.pending = new HashSet<>(peers);
  }

  /** Returns how it ended, if there is no peer to wait for. */
  Optional<Command.Recovered> begin() {
    return endIfComplete();
  }

  /** A peer has given back all that it holds; returns how the recovery ended, if it did so now. */
  Optional<Command.Recovered> answered(String peer) {
    if (pending.remove(peer)) {
      answered++;
    }
    return endIfComplete();
  }

  /** A peer has failed or was removed; returns how the recovery ended, if it did so now. */
  Optional<Command.Recovered> failed(String peer) {
    pending.remove(peer);
    return endIfComplete();
  }

  /** The time is over; returns how the recovery ended, if it did so now. */
  Optional<Command.Recovered> timedOut() {
    return end(progress() + " in time");
  }

  /** Returns how far it is, if it goes on. */
  Optional<RecoveryProgress> pending() {
    return ended ? Optional.empty() : Optional.of(progress());
  }

  private Optional<Command.Recovered> endIfComplete() {
    return pending.isEmpty() ? end(progress().toString()) : Optional.empty();
  }

  private Optional<Command.Recovered> end(String how) {
    if (ended) {
      return Optional.empty();
    }
    ended = true;
    return Optional.of(new Command.Recovered(progress(), how));
  }

  private RecoveryProgress progress() {
    return new RecoveryProgress(peers, answered, peers - answered - pending.size());
  }
}
