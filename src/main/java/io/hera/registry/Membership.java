package io.hera.registry;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The replicas, one per origin, and the names of the nodes that are in the cluster now. Owned by
 * {@link Registry}.
 */
final class Membership {
  private final Replica own;
  private final Map<String, Replica> replicas = new TreeMap<>();
  private Set<String> members = Set.of();

  Membership(String name) {
    own = new Replica(name);
    replicas.put(name, own);
  }

  /** Returns the replica of the writes that this node accepted. */
  Replica own() {
    return own;
  }

  /** Whether {@code origin} is the name of this node. */
  boolean isOwn(String origin) {
    return origin.equals(own.origin);
  }

  /**
   * Replaces the members; this node always is one. The entries of a node that left stay until they
   * expire.
   */
  void members(Set<String> names) {
    members = new HashSet<>(names);
    members.add(own.origin);
    members.forEach(name -> replicas.computeIfAbsent(name, Replica::new));
  }

  /** Returns the names of the nodes in the cluster. */
  Set<String> members() {
    return members;
  }

  boolean isMember(String name) {
    return members.contains(name);
  }

  /** Returns the replica of a member. */
  Replica replica(String member) {
    return replicas.computeIfAbsent(member, Replica::new);
  }

  /** Returns the replicas of all origins by name, those that left the cluster included. */
  Collection<Replica> replicas() {
    return replicas.values();
  }
}
