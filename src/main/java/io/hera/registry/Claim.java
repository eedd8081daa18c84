package io.hera.registry;

/**
 * The kinds of claims: digests that name a version of this node above its newest one (P8). Each is
 * counted.
 */
public enum Claim {
  /** Of a member: it gets a reset, and is asked what it has. */
  MEMBER,
  /** Of any other asker: it only raises the clock. */
  STRANGER,
  /** Above the agreed time plus half of the accepted skew: it counts when that time has come. */
  EARLY,
  /** Above the agreed time plus the accepted skew: it is ignored. */
  FUTURE
}
