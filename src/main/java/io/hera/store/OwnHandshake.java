package io.hera.store;

import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import io.hera.wire.SharedSettings;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What this node says of itself in each exchange (P17). One per node; any thread may use it. It
 * changes when the shared settings do, and when the machine was resumed (P9).
 */
public final class OwnHandshake {
  /** The later rules that this version understands. */
  private static final Set<String> CAN = Set.of(Handshake.VIEW_RULE, Handshake.DRAIN_RULE);

  private final String name;
  private final String cluster;
  private final Supplier<String> lives;
  private final AtomicReference<Told> told;

  /** The parts that change, and what would otherwise be made for each exchange. */
  private record Told(
      Handshake handshake, String header, SharedSettings settings, String membersHash) {}

  /**
   * Creates the handshake of a process that begins now.
   *
   * @param nowMillis unix time
   * @param cluster the name of the cluster; empty if it has none
   * @param lives draws random lives, of which the process begins with the first
   */
  public OwnHandshake(
      String name,
      String cluster,
      Supplier<String> lives,
      long nowMillis,
      SharedSettings settings) {
    this.name = name;
    this.cluster = cluster;
    this.lives = lives;
    this.told = new AtomicReference<>(told(lives.get(), nowMillis, settings));
  }

  /** Returns what the node says now. */
  public Handshake handshake() {
    return told().handshake;
  }

  /** Returns the header of requests that says it. */
  public String header() {
    return told().header;
  }

  /** Returns {@link SharedSettings#membersHash} of its settings. */
  public String membersHash() {
    return told().membersHash;
  }

  /** Returns the settings that it shares with its peers. */
  public SharedSettings settings() {
    return told().settings;
  }

  /** Changes the settings. */
  public void configure(SharedSettings changed) {
    told.updateAndGet(now -> told(now.handshake.life(), now.handshake.sinceMillis(), changed));
  }

  /**
   * Draws the life anew, because a copy of this process may run with the old one (P9).
   *
   * @param nowMillis unix time
   */
  void redraw(long nowMillis) {
    String life = lives.get();
    told.updateAndGet(now -> told(life, nowMillis, now.settings));
  }

  private Told told() {
    return Objects.requireNonNull(told.get());
  }

  private Told told(String life, long sinceMillis, SharedSettings settings) {
    NodeId node = new NodeId(name, life);
    Handshake handshake = new Handshake(node, sinceMillis, cluster, CAN, settings.hash());
    return new Told(handshake, handshake.header(), settings, settings.membersHash());
  }
}
