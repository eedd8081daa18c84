package io.hera.gossip;

import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import java.util.Optional;
import java.util.OptionalLong;

/** An address that DNS has named, and the state of the node there. Plain single-threaded Java, owned by {@link Discovery}. */
final class Candidate {
  /** The fault of an address that leads to this node. */
  static final String SELF = "is this node";

  final String address;
  boolean probing;
  /** Whether the last probe had no answer. */
  boolean failing;
  /** Why the node there is not a peer; empty if it is one, or nothing has answered yet. */
  String fault = "";

  private Optional<NodeId> node = Optional.empty();
  private Optional<Failure> failure = Optional.empty();
  private OptionalLong missingSince = OptionalLong.empty();

  Candidate(String address) {
    this.address = address;
  }

  /** Returns the name of the peer there; empty if none is known. */
  String name() {
    return node.map(NodeId::name).orElse("");
  }

  String life() {
    return node.map(NodeId::life).orElse("");
  }

  /** A node has answered; returns whether it is a peer that was not known to be there. */
  boolean answered(Optional<Handshake> peer, String wrong) {
    Optional<NodeId> before = node;
    probing = false;
    failing = false;
    failure = Optional.empty();
    fault = wrong;
    node = wrong.isEmpty() ? peer.map(Handshake::node) : Optional.empty();
    return node.isPresent() && !node.equals(before);
  }

  /** Nothing has answered. */
  void failed(Failure why) {
    probing = false;
    failing = true;
    failure = Optional.of(why);
  }

  /** DNS has answered, with this address or without it. */
  void inDns(boolean isThere, long nowMillis) {
    if (isThere) {
      missingSince = OptionalLong.empty();
    } else if (missingSince.isEmpty()) {
      missingSince = OptionalLong.of(nowMillis);
    }
  }

  /** Returns whether it left DNS long ago, and no peer is there. */
  boolean isGone(long nowMillis) {
    boolean left =
        missingSince.isPresent() && nowMillis - missingSince.getAsLong() >= Discovery.GONE_MILLIS;
    return left && (failing || node.isEmpty());
  }

  /** Returns whether a node answers there that is not to be a peer. */
  boolean isRefused() {
    return !fault.isEmpty() && !fault.equals(SELF);
  }

  /** Returns whether it is to be probed without further reason. */
  boolean isUnknown() {
    return failing || (node.isEmpty() && !fault.equals(SELF));
  }

  /** Returns whether it has answered, or refuses connections. */
  boolean isSettled() {
    boolean refuses = failure.filter(why -> why.kind() == Failure.Kind.REFUSED).isPresent();
    return failing ? refuses : node.isPresent() || !fault.isEmpty();
  }

  /** Returns the node there, or why there is none, for people. */
  String describe() {
    if (failing) {
      String reason = failure.map(Failure::reason).orElse("");
      return name().isEmpty() ? "fails: " + reason : name() + ", fails: " + reason;
    } else if (!fault.isEmpty()) {
      return fault;
    }
    return node.map(NodeId::name).orElse("not asked yet");
  }
}
