package io.hera.access;

import java.util.List;

/**
 * The sender of a request.
 *
 * @param identity that of the access file which the proof stands for
 */
public record Caller(Identity identity, Proof proof) {
  /** The sender of every request, as long as access is not limited. */
  public static final Caller UNRESTRICTED = new Caller(
      new Identity(Identity.ANONYMOUS, List.of(), Grants.EVERYTHING), new Proof.Unchecked());

  /** The sender of a request whose proof is not valid: it may do nothing. */
  public static final Caller INVALID = new Caller(Identity.STRANGER, new Proof.None());

  /** Returns what it may do. */
  public Grants grants() {
    return identity.grants();
  }

  /** Returns whether it has shown nothing, although access is limited. */
  public boolean isAnonymous() {
    return proof instanceof Proof.None;
  }

  /** Returns whether it sees all services, whatever their names: a list for it leaves none out. */
  public boolean readsAll() {
    return grants().reads().isAll();
  }
}
