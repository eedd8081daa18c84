package io.hera.store;

import io.hera.registry.RegistryLimits;
import java.util.Set;

/**
 * What the store is configured by.
 *
 * @param members names of the nodes of the cluster, this node's among them
 * @param membership how the members are known
 */
public record StoreSettings(Set<String> members, RegistryLimits limits, Membership membership) {
  /** Settings of a cluster whose nodes are listed. */
  public StoreSettings(Set<String> members, RegistryLimits limits) {
    this(members, limits, Membership.LISTED);
  }

  /** How the members of a cluster are known. */
  public enum Membership {
    /** The configuration lists them. */
    LISTED,
    /**
     * They are found by DNS, and say their names themselves (P21). So each has to name this cluster, and an address may lead to a
     * node of another one at any time.
     */
    FOUND
  }

  /** Returns these settings with other members. */
  StoreSettings with(Set<String> others) {
    return new StoreSettings(others, limits, membership);
  }

  /** Returns these settings after others: members that were found stay. */
  StoreSettings after(StoreSettings before) {
    return membership == Membership.FOUND ? with(before.members) : this;
  }
}
