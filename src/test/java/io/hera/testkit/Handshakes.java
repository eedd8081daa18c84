package io.hera.testkit;

import io.hera.store.OwnHandshake;
import io.hera.store.PeerIdentities.Introduction;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import io.hera.wire.SharedSettings;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Handshakes with standard settings. */
public final class Handshakes {
  /** When the processes of tests began, unix milliseconds. */
  public static final long SINCE = 1_355_833_000_000L;

  private Handshakes() {}

  /** Returns what a node without a cluster name says of itself. */
  public static OwnHandshake own(NodeId self, Set<String> members) {
    return own(self, "", members);
  }

  /** Returns what a node of this cluster says of itself. */
  public static OwnHandshake own(NodeId self, String cluster, Set<String> members) {
    Iterator<String> lives =
        Stream.iterate(self.life(), life -> life + "-redrawn").iterator();
    return new OwnHandshake(self.name(), cluster, lives::next, SINCE, settings(members));
  }

  /** Returns what a peer says that began at {@link #SINCE}. */
  public static Handshake of(String name, String life) {
    return new Handshake(new NodeId(name, life), SINCE, "", Set.of(), "");
  }

  /** Returns the introduction of a peer of a cluster of these nodes that answers to a pull. */
  public static Introduction introduction(
      String expected, Handshake says, String address, Set<String> members, String... held) {
    return new Introduction(
        expected,
        says,
        address,
        Introduction.Exchange.PULL,
        settings(members).membersHash(),
        Set.of(held));
  }

  /** Returns the standard settings of a cluster of these nodes. */
  public static SharedSettings settings(Set<String> members) {
    return new SharedSettings(
        300_000, 1_000, 86_400_000, 60_000, List.of("updated_at"), List.copyOf(members));
  }
}
