package io.hera.client;

import java.util.List;

/**
 * The instances of a service at one moment, as a view shows them. A new snapshot is another object.
 *
 * @param instances in the order of their ids; held ones included, so an instance that is missing here
 *     is gone
 * @param tag the ETag of the newest answer, the same at all nodes with the same content; empty before
 *     the first one, and if the node gave none
 * @param node the URL of the node of the newest answer; empty before the first one
 * @param sinceNanos since when it has this freshness, by the monotonic clock of the client: with {@link
 *     System#nanoTime}, the age of a HELD snapshot is {@code System.nanoTime() - sinceNanos}
 */
public record Snapshot(
    String service,
    List<Instance> instances,
    String tag,
    String node,
    Freshness freshness,
    long sinceNanos) {
  /** How much the present state of the cluster has to do with a snapshot. */
  public enum Freshness {
    /** No node has answered yet. The list is empty. */
    COLD,
    /** A node has answered, and reports each change. */
    FRESH,
    /** No node answers; the last known instances stay, with no end. */
    HELD
  }

  /** Copies the list. */
  public Snapshot {
    instances = List.copyOf(instances);
  }

  /** Returns the snapshot of a view that has no answer yet. */
  static Snapshot cold(String service, long nowNanos) {
    return new Snapshot(service, List.of(), "", "", Freshness.COLD, nowNanos);
  }

  /** Returns whether a listener would see no difference: the same instances, and as fresh. */
  boolean looksLike(Snapshot other) {
    return freshness == other.freshness && instances.equals(other.instances);
  }
}
