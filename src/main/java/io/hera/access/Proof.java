package io.hera.access;

import java.util.SortedSet;

/** How the sender of a request has shown who it is. */
public sealed interface Proof {
  /** Access is not limited, so the node has not asked for a proof. */
  record Unchecked() implements Proof {}

  /** It has shown nothing. */
  record None() implements Proof {}

  /** By a certificate with this name, in the handshake of its connection. */
  record ByCertificate(CertificateName name) implements Proof {}

  /**
   * By the certificate of a node, in the handshake of its connection.
   *
   * @param name the host that the certificate is for
   * @param nodes the members of the cluster that have this host: the sender is one of them; none if it may be any node
   */
  record ByNode(CertificateName name, SortedSet<String> nodes) implements Proof {
    /** Returns whether it may be the proof of this node. */
    public boolean mayBe(String node) {
      return nodes.isEmpty() || nodes.contains(node);
    }
  }

  /** By a token with this hash. */
  record ByToken(TokenHash hash) implements Proof {}
}
