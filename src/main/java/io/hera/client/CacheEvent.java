package io.hera.client;

import io.hera.client.Reply.Settled;

/** An event of a {@link CacheRule}. */
sealed interface CacheEvent {
  /** The node that is followed has answered with instances. */
  record Answered(Reply reply) implements CacheEvent {}

  /** A node that is followed from now on, or is still, has answered 304 to the tag of the newest answer. */
  record Unchanged(String node, Settled settled) implements CacheEvent {}

  /** The answer to {@link CacheCommand.AskStatus}; a node that gives none is not settled. */
  record StatusKnown(String node, Settled settled) implements CacheEvent {}

  /** The node that was followed does not answer any more. */
  record Lost() implements CacheEvent {}

  /** It is the time of the last {@link CacheCommand.WakeAt}. */
  record Woken() implements CacheEvent {}

  /** The one answer to a {@link CacheCommand.AskOther}, with its number. */
  sealed interface Opinion extends CacheEvent {
    int question();
  }

  /** Another node shows the same: 304. */
  record Confirmed(int question, String node, Settled settled) implements Opinion {
    Confirmed with(Settled known) {
      return new Confirmed(question, node, known);
    }
  }

  /** Another node shows something else, or has no tags. */
  record Differed(int question, Reply reply) implements Opinion {
    Differed with(Settled known) {
      return new Differed(question, reply.with(known));
    }
  }

  /** The other node did not answer, or not with a listing. */
  record Silent(int question, String node) implements Opinion {}

  /** There are other nodes, but none that may be asked now. */
  record NoOther(int question) implements Opinion {}

  /** The cluster has one node, as far as this client knows. */
  record OnlyNode(int question) implements Opinion {}
}
