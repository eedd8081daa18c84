package io.hera.store;

import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import io.hera.wire.SharedSettings;
import java.util.Set;

/**
 * What this node says of itself in each exchange (P17). One per node; any thread may read it. It
 * changes when the shared settings do.
 */
public final class OwnHandshake {
  /** The later rules that this version understands. */
  private static final Set<String> CAN = Set.of();

  private volatile Told told;

  /** The handshake, and the settings that its hash stands for. */
  private record Told(Handshake handshake, SharedSettings settings) {}

  /**
   * Creates the handshake of a node.
   *
   * @param sinceMillis when the process began, unix milliseconds
   * @param cluster the name of the cluster; empty if it has none
   */
  public OwnHandshake(NodeId self, long sinceMillis, String cluster, SharedSettings settings) {
    told = new Told(new Handshake(self, sinceMillis, cluster, CAN, settings.hash()), settings);
  }

  /** Returns what the node says now. */
  public Handshake handshake() {
    return told.handshake;
  }

  /** Returns the settings that it shares with its peers. */
  public SharedSettings settings() {
    return told.settings;
  }

  /** Changes the settings. Called by one thread at a time. */
  public void configure(SharedSettings changed) {
    Handshake now = told.handshake;
    told = new Told(
        new Handshake(now.node(), now.sinceMillis(), now.cluster(), now.can(), changed.hash()),
        changed);
  }
}
