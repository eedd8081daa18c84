package io.hera.gossip;

import io.hera.wire.GossipLimits;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What gossip is configured by. All times are milliseconds.
 *
 * @param peers the other nodes of the cluster by name, this one not among them
 * @param intervalMillis g: between two rounds, &gt; 0; an exchange takes less than twice as long
 * @param recoveryTimeoutMillis how long a starting node waits without a new page (P7)
 * @param livenessMillis the ttl of entries from nodes that send none (P10)
 * @param maxSkewMillis S; above half of it a peer's clock is worth a warning
 * @param waitMillis how long a hanging pull asks its peer to wait
 * @param selfCheckMillis between two comparisons with one peer
 * @param search for peers that are not listed
 */
public record GossipSettings(
    Map<String, PeerAddress> peers,
    long intervalMillis,
    long recoveryTimeoutMillis,
    long livenessMillis,
    long maxSkewMillis,
    long waitMillis,
    long selfCheckMillis,
    Search search) {
  public GossipSettings {
    peers = Collections.unmodifiableMap(new TreeMap<>(peers));
  }

  /** The search for peers by DNS (P21). */
  public enum Search {
    /** The peers are listed. */
    NONE,
    /** It may be that none has been found yet, or not all. */
    BEGUN,
    /** The peers that can be reached have been found. */
    ENDED
  }

  /** Returns these settings with the peers that a search has found so far. */
  public GossipSettings with(Map<String, PeerAddress> found, Search state) {
    return new GossipSettings(
        found,
        intervalMillis,
        recoveryTimeoutMillis,
        livenessMillis,
        maxSkewMillis,
        waitMillis,
        selfCheckMillis,
        state);
  }

  /** Returns these settings after others: peers that were found stay. */
  GossipSettings after(GossipSettings before) {
    return search == Search.NONE ? this : with(before.peers, before.search);
  }

  /** Settings with the waits of every node, whose peers are listed. */
  public GossipSettings(
      Map<String, PeerAddress> peers,
      long intervalMillis,
      long recoveryTimeoutMillis,
      long livenessMillis,
      long maxSkewMillis) {
    this(
        peers,
        intervalMillis,
        recoveryTimeoutMillis,
        livenessMillis,
        maxSkewMillis,
        GossipLimits.WAIT_MILLIS,
        SelfCheck.INTERVAL_MILLIS,
        Search.NONE);
  }

  /** How long one exchange may take, below 2 g. */
  long deadlineMillis() {
    return Math.max(1, intervalMillis * 19 / 10);
  }
}
