package io.hera.store;

import io.hera.wire.Handshake;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Notices when more than one process uses a name (P9). Owned by {@link PeerTurns}.
 *
 * <p>Every process draws a random life and sends it with every exchange. A restart replaces a life by a new one for good. Two
 * processes under one name take turns, so a life that had been replaced comes back. From then on exchanges with both of them
 * are refused, until no replaced life has come back for {@value #QUIET_MILLIS} ms.
 */
public final class PeerIdentities {
  private static final long QUIET_MILLIS = 30_000;
  private static final int FORMER_MAX = 16;

  private final OwnHandshake self;
  private final Map<String, Peer> peers = new HashMap<>();
  private final Map<String, String> conflicts = new TreeMap<>();
  private long refused;

  /** Knows no peers yet; {@code self} is what this node says of itself. */
  public PeerIdentities(OwnHandshake self) {
    this.self = self;
  }

  /**
   * What a peer says of itself.
   *
   * @param expected the name that is configured for its address; its own name if it sent the request
   * @param handshake what it says of itself
   * @param address where it was met, for people
   */
  public record Introduction(String expected, Handshake handshake, String address) {
    /** Returns the introduction of a peer that sent a request. */
    public static Introduction of(Handshake peer, String address) {
      return new Introduction(peer.name(), peer, address);
    }

    /** Returns the name it gives, a member's. */
    public String name() {
      return handshake.name();
    }

    /** Returns the life it gives. */
    public String life() {
      return handshake.life();
    }
  }

  /** Returns why the exchange is to be refused, for a person; empty if it is not. */
  public Optional<String> conflict(Introduction introduction, long monotonicMillis) {
    String conflict = foreignCluster(introduction).orElseGet(() -> ownConflict(introduction));
    if (conflict == null) {
      conflict = peers
          .computeIfAbsent(introduction.name(), name -> new Peer())
          .meet(introduction, monotonicMillis);
    }
    if (conflict == null) {
      conflicts.remove(introduction.expected());
    } else {
      conflicts.put(introduction.expected(), conflict);
      refused++;
    }
    return Optional.ofNullable(conflict);
  }

  /** Returns why the peer is of another cluster; empty unless both nodes name theirs (P17). */
  public Optional<String> foreignCluster(Introduction introduction) {
    String own = self.handshake().cluster();
    String other = introduction.handshake().cluster();
    return own.isEmpty() || other.isEmpty() || own.equals(other)
        ? Optional.empty()
        : Optional.of("the node %s at %s is of the cluster %s, and this node, %s, of the cluster %s"
            .formatted(
                introduction.name(),
                introduction.address(),
                other,
                self.handshake().name(),
                own));
  }

  /** Returns whether this is the life that was last met under the name. */
  public boolean knows(String name, String life) {
    Peer peer = peers.get(name);
    return peer != null && peer.life.equals(life);
  }

  /** Returns name → its present conflict, as text. */
  public Map<String, String> conflicts() {
    return new TreeMap<>(conflicts);
  }

  /** Returns how many exchanges were refused since the start. */
  public long refused() {
    return refused;
  }

  private @Nullable String ownConflict(Introduction introduction) {
    String ownName = self.handshake().name();
    if (introduction.name().equals(ownName)) {
      return introduction.life().equals(self.handshake().life())
          ? "the address %s leads back to this node, %s".formatted(introduction.address(), ownName)
          : "another process, at %s, runs under the name of this node, %s"
              .formatted(introduction.address(), ownName);
    }
    return introduction.name().equals(introduction.expected())
        ? null
        : "the node at %s is configured as %s but says that it is %s"
            .formatted(introduction.address(), introduction.expected(), introduction.name());
  }

  /** The lives met under one name, and where. */
  private static final class Peer {
    private String life = "";
    private String address = "";
    private final Map<String, String> former = new LinkedHashMap<>();
    private long quietAt;

    @Nullable
    String meet(Introduction introduction, long monotonicMillis) {
      String conflict = null;
      if (!introduction.life().equals(life)) {
        if (former.remove(introduction.life()) != null) {
          quietAt = monotonicMillis + QUIET_MILLIS;
          conflict = describe(introduction);
        }
        replace(introduction);
      }
      if (conflict == null && monotonicMillis < quietAt) {
        conflict = "two processes have been running under the name %s, one of them at %s"
            .formatted(introduction.name(), introduction.address());
      }
      address = introduction.address();
      return conflict;
    }

    private void replace(Introduction introduction) {
      if (!life.isEmpty()) {
        former.put(life, address);
      }
      if (former.size() > FORMER_MAX) {
        former.remove(former.keySet().iterator().next());
      }
      life = introduction.life();
    }

    private String describe(Introduction introduction) {
      return "two processes run under the name %s, life %s at %s and life %s at %s"
          .formatted(
              introduction.name(), life, address, introduction.life(), introduction.address());
    }
  }
}
