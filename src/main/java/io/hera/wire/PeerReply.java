package io.hera.wire;

import java.util.OptionalLong;

/** The reply of a peer to a question of an operator, which a node has passed on; or why there is none. */
public sealed interface PeerReply {
  /** Returns where the peer was asked, {@code host:port}. */
  String address();

  /**
   * The peer has answered.
   *
   * @param tookMillis from the question to the whole answer
   * @param json one JSON object, checked; not to be modified
   */
  record Answered(String address, long tookMillis, byte[] json) implements PeerReply {}

  /**
   * The peer has not answered, or not with JSON.
   *
   * @param sinceMillis since the last exchange of gossip that succeeded; empty if there was none
   */
  record Failed(String address, String reason, OptionalLong sinceMillis) implements PeerReply {}

  /** The peer was not asked, since it is a node of 2012, which knows no such questions. */
  record Unasked(String address) implements PeerReply {}
}
