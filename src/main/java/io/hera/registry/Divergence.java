package io.hera.registry;

/** What a peer holds otherwise than this node, although neither has anything more to send. */
public sealed interface Divergence {
  /** Other entries of one origin, at the same horizon. */
  record OfOrigin(String origin) implements Divergence {}

  /** The same versions of all origins, and it shows something else. */
  record OfView() implements Divergence {}
}
