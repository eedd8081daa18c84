package io.hera.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Notices when a name is used by more than one process (PROTOCOL P9). Owned by the store verticle.
 *
 * <p>Every process draws a random life and sends it with every exchange. A restart replaces a life by a new one for good; two
 * processes under one name take turns, so a life that had been replaced comes back. From then on exchanges with that name are
 * refused, whichever of the two it is, until none has come back for {@value #QUIET_MILLIS} ms.
 */
public final class PeerIdentities {
  private static final long QUIET_MILLIS = 30_000;
  private static final int FORMER_MAX = 16;

  private final String ownName;
  private final String ownLife;
  private final Map<String, Peer> peers = new HashMap<>();
  private final Map<String, String> conflicts = new TreeMap<>();
  private long refused;

  public PeerIdentities(String ownName, String ownLife) {
    this.ownName = ownName;
    this.ownLife = ownLife;
  }

  /**
   * Somebody has introduced itself.
   *
   * @param expected the name configured for where it was met; its own name if it came to us
   * @param name the name it gives, a member's
   * @param life the life it gives
   * @param address where it was met, for people
   */
  public record Introduction(String expected, String name, String life, String address) {}

  /** Why the exchange is to be refused, in words for a person; empty when all is well. */
  public Optional<String> conflict(Introduction introduction, long monotonicMillis) {
    String conflict = ownConflict(introduction);
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

  /** Whether this is the life that was last met under the name. */
  public boolean knows(String name, String life) {
    Peer peer = peers.get(name);
    return peer != null && peer.life.equals(life);
  }

  /** Name → what is wrong with it now. */
  public Map<String, String> conflicts() {
    return new TreeMap<>(conflicts);
  }

  /** Exchanges refused since the start. */
  public long refused() {
    return refused;
  }

  private @Nullable String ownConflict(Introduction introduction) {
    if (introduction.name().equals(ownName)) {
      return introduction.life().equals(ownLife)
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
