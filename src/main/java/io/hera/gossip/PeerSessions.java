package io.hera.gossip;

import java.util.Optional;

/** The sessions with one peer. Plain single-threaded Java, owned by {@link Gossip}. */
final class PeerSessions {
  final PeerState state;
  final HangingSession hanging;
  /** The pull under way. */
  Optional<PullSession> pull = Optional.empty();

  PeerSessions(PeerState state, HangingSession hanging) {
    this.state = state;
    this.hanging = hanging;
  }

  /** Returns the session on a lane; empty for the lane of a peer that was replaced, and when no pull is under way. */
  Optional<? extends Session> on(Lane lane) {
    if (state.generation != lane.generation()) {
      return Optional.empty();
    }
    return lane.kind() == Lane.Kind.PULL ? pull : Optional.of(hanging);
  }
}
