package io.hera.registry;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The replicas, one per origin, and the names of the nodes that are in the cluster now. Owned by
 * {@link Registry}.
 *
 * <p><i>Origins outlive membership</i> (P16). A node that was removed, renamed or replaced leaves
 * entries behind, and a tombstone of it may be known to some nodes only. Its entries are therefore
 * exchanged like those of a member as long as any node holds one: a tombstone may hide what other
 * nodes show. Its replica is forgotten when it has been empty for two cycles of pulls.
 */
final class Membership {
  /** Most origins in a digest. */
  private static final int ORIGINS_MAX = 1_000;

  /** Most characters of the names of origins that are not members, so that a request stays short. */
  private static final int NAMES_MAX = 16_384;

  private static final int CYCLES = 2;

  private final Replica own;
  private final Map<String, Replica> replicas = new TreeMap<>();
  private Set<String> members = Set.of();
  /** Origins of which a peer holds entries, and this node perhaps none. */
  private final Set<String> wanted = new TreeSet<>();

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
    members = new TreeSet<>(names);
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

  /** Whether there is a replica of this origin. */
  boolean isKnown(String origin) {
    return replicas.containsKey(origin);
  }

  /** Returns the replica of an origin; a new one if there is none. */
  Replica replica(String origin) {
    return replicas.computeIfAbsent(origin, Replica::new);
  }

  /** Returns the replicas of all origins by name, those that left the cluster included. */
  Collection<Replica> replicas() {
    return replicas.values();
  }

  /** A pull begins: counts how long replicas of former members have been empty, and forgets them. */
  void pullBegins() {
    wanted.clear();
    int peers = Math.max(1, members.size() - 1);
    replicas
        .values()
        .removeIf(replica -> !isMember(replica.origin)
            && replica.size() == 0
            && replica.pullWhileEmpty() > CYCLES * peers);
  }

  /** Names these origins in the next digest, of which a peer holds entries. */
  void want(Collection<String> origins) {
    wanted.addAll(origins);
  }

  /** Returns the origins to ask for: the members, and others of which there are entries. */
  Set<String> origins() {
    if (wanted.isEmpty() && replicas.size() == members.size()) {
      return members; // each member has a replica
    }
    Set<String> origins = new TreeSet<>(members);
    int length = 0;
    Set<String> others = new TreeSet<>(wanted);
    replicas.values().stream()
        .filter(replica -> replica.size() > 0)
        .forEach(replica -> others.add(replica.origin));
    others.removeAll(members);
    for (String other : others) {
      length += other.length();
      if (origins.size() < ORIGINS_MAX && length <= NAMES_MAX) {
        origins.add(other);
      }
    }
    return origins;
  }
}
