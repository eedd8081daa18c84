package io.hera.gossip;

import io.hera.gossip.GossipSettings.Search;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What {@link Discovery} has its driver do. */
public sealed interface DiscoveryCommand {
  /** Resolve the name; then {@link Discovery#resolved}, or {@link Discovery#failed}. */
  record Resolve() implements DiscoveryCommand {}

  /** Ask the node at this IP address who it is; then {@link Discovery#answered}, or {@link Discovery#unanswered}. */
  record Probe(String address) implements DiscoveryCommand {}

  /** Call {@link Discovery#due} with this command when the time has passed. */
  record Wait(int number, long millis) implements DiscoveryCommand {}

  /**
   * These are the peers now.
   *
   * @param peers name → IP address
   */
  record Found(Map<String, String> peers, Search search) implements DiscoveryCommand {
    public Found {
      peers = Collections.unmodifiableMap(new TreeMap<>(peers));
    }
  }

  /** Something to log. */
  record Note(Kind kind, String text) implements DiscoveryCommand {
    /** What it is about. */
    public enum Kind {
      /** DNS has failed, or has no addresses, after it had some. */
      DNS_FAILS,
      /** DNS has addresses again. */
      DNS_ANSWERS,
      /** The node at an address is not one of this cluster. */
      REFUSED
    }
  }
}
