package io.hera.gossip;

import io.hera.registry.Digest;
import io.hera.store.Receipt;
import java.util.List;

/** The exchanges on one {@link Lane}: each method takes an event and returns the next commands. */
sealed interface Session permits PullSession, HangingSession {
  /** The store has said what to ask for. */
  List<Command> digest(Digest read, long nowMillis);

  /** The peer has answered. */
  List<Command> answered(Answer answer);

  /** The store has received the answer. */
  List<Command> received(Receipt receipt, long nowMillis);

  /** The last step has failed. */
  List<Command> failed(Failure failure);
}
