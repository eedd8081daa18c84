package io.hera.sim;

import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Outcome;
import io.hera.registry.Selector;
import io.hera.registry.SnapshotPage;
import java.util.List;

/** The receiver of what happens in a {@link SimNode}. By default it ignores everything. */
interface NodeObserver {
  /** An observer that checks nothing. */
  NodeObserver NONE = new NodeObserver() {};

  /** The process has started, and is recovering. */
  default void booted(SimNode node) {}

  /** The starting node begins to take writes. */
  default void takesWrites(SimNode node) {}

  /** All peers have answered the starting node. */
  default void recovered(SimNode node) {}

  /** A peer has returned everything that it held of the starting node, now or later. */
  default void paid(SimNode node, String peer) {}

  /** The node has written keys again that were hidden when it began to answer reads (P7). */
  default void lifted(SimNode node) {}

  /** The node begins to answer reads. */
  default void synchronised(SimNode node) {}

  /**
   * The node writes a page of a snapshot.
   *
   * @param above the version above which the page begins
   */
  default void saves(SimNode node, long above, SnapshotPage page) {}

  /** The node, which has started, is about to bring back a snapshot. */
  default void restores(SimNode node, SimDisk.Snapshot snapshot) {}

  /** The node has brought back a snapshot, which consists of these parts. */
  default void restored(SimNode node, SimDisk.Snapshot snapshot, List<OriginDelta> parts) {}

  /** The node has merged an answer of version 2. */
  default void merged(SimNode node) {}

  /** The node has had a turn. */
  default void look(SimNode node) {}

  /** The node begins a round of its gossip. */
  default void round(SimNode node) {}

  /** The node answers a peer with a new delta. */
  default void answers(SimNode node, Delta delta, Dialect dialect) {}

  /**
   * The node has answered a registration or renewal.
   *
   * @param shown whether the node showed the instance before
   */
  default void answered(SimNode node, Key key, boolean shown, Outcome outcome) {}

  /** The node has accepted a DELETE. */
  default void deleted(SimNode node, Key key) {}

  /** The node has accepted a command of an operator on a drain (P18). */
  default void drained(SimNode node, Selector selector) {}

  /** The self-check of the node has found a difference, which is repaired. */
  default void repaired() {}

  /** The node refuses exchanges: two processes use one name, or a peer is of another cluster. */
  default void conflicts(SimNode node, String reason) {}

  /** The node finds that the settings of a peer differ. */
  default void settingsDiffer(SimNode node, String peer) {}
}
