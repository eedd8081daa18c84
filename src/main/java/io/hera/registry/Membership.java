package io.hera.registry;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The replicas, one an origin, and which of the origins are in the cluster now. Owned by {@link Registry}. */
final class Membership {
  private final Replica own;
  private final Map<String, Replica> replicas = new TreeMap<>();
  private Set<String> members = Set.of();

  Membership(String name) {
    own = new Replica(name);
    replicas.put(name, own);
  }

  /** The replica of this node's own writes. */
  Replica own() {
    return own;
  }

  /** Changes who is in the cluster; this node always is. What is held of one that left stays until it expires. */
  void members(Set<String> names) {
    members = new HashSet<>(names);
    members.add(own.origin);
    members.forEach(name -> replicas.computeIfAbsent(name, Replica::new));
  }

  Set<String> members() {
    return members;
  }

  boolean isMember(String name) {
    return members.contains(name);
  }

  /** The replica of a member. */
  Replica replica(String member) {
    return replicas.computeIfAbsent(member, Replica::new);
  }

  /** Of all origins, those that left the cluster too, in the order of their names. */
  Collection<Replica> replicas() {
    return replicas.values();
  }
}
