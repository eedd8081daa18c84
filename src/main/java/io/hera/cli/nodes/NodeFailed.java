package io.hera.cli.nodes;

/** A node does not answer as a node does; the message is the predicate of a sentence about it. */
public final class NodeFailed extends Exception {
  private static final long serialVersionUID = 1;

  public NodeFailed(String predicate) {
    super(predicate);
  }

  /** Returns the predicate of a sentence about the node. */
  public String predicate() {
    return String.valueOf(getMessage());
  }
}
