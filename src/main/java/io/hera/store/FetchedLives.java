package io.hera.store;

import io.hera.store.PeerIdentities.Claim;
import io.hera.store.PeerIdentities.Introduction;
import io.hera.wire.Handshake;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The lives that were fetched from one configured address (P9). Owned by {@link PeerIdentities}; times are monotonic
 * milliseconds.
 *
 * <p>A restart replaces a life by a new one for good. Two processes behind one address take turns, so a life that had been
 * replaced comes back. From then on answers of both are refused, until no replaced life has come back for {@value
 * #QUIET_MILLIS} ms. An answer to a request that was sent before the present life was first fetched is an old one, and no sign
 * of a second process.
 */
final class FetchedLives {
  private static final long QUIET_MILLIS = 30_000;
  private static final int FORMER_MAX = 16;

  private final Map<String, String> former = new LinkedHashMap<>();
  private String life = "";
  private long sinceMillis;
  private String address = "";
  private long firstFetchedMillis;
  private long quietAt;

  /**
   * Returns whether an answer of another life was asked before the present one was first fetched. It
   * may be that of a process that was replaced since.
   *
   * @param askedMillis a time at or before which it was asked
   */
  boolean isOldAnswer(Handshake peer, long askedMillis) {
    return !life.isEmpty() && !peer.life().equals(life) && askedMillis < firstFetchedMillis;
  }

  /** The address has answered; returns why the answer is refused, for a person; empty if it is not. */
  Optional<String> fetched(Introduction introduction, long nowMillis) {
    Handshake peer = introduction.handshake();
    Optional<String> conflict = Optional.empty();
    if (!peer.life().equals(life)) {
      if (former.containsKey(peer.life())) {
        quietAt = nowMillis + QUIET_MILLIS;
        conflict = Optional.of(describe(introduction));
      }
      replace(peer, nowMillis);
    }
    if (conflict.isEmpty() && nowMillis < quietAt) {
      conflict = Optional.of("two processes have been running under the name %s, one of them at %s"
          .formatted(peer.name(), introduction.address()));
    }
    address = introduction.address();
    return conflict;
  }

  /** Returns whether a request comes from the life that was last fetched. */
  boolean isCurrent(Handshake claimed) {
    return claimed.life().equals(life);
  }

  /**
   * Returns whether a request of another life was sent before the present one began: it waited while the process was replaced.
   * Later, it is a second process that began earlier.
   */
  boolean isOldRequest(Handshake claimed, long nowMillis) {
    return claimed.sinceMillis() > 0
        && claimed.sinceMillis() < sinceMillis
        && nowMillis - firstFetchedMillis < QUIET_MILLIS;
  }

  /** Returns the description of a second process under the name, which sends requests. */
  String describeOther(Claim claim) {
    Handshake other = claim.handshake();
    return "two processes run under the name %s: life %s answers at %s, and life %s sends requests from %s"
        .formatted(other.name(), life, address, other.life(), claim.address());
  }

  private void replace(Handshake peer, long nowMillis) {
    if (!life.isEmpty()) {
      former.put(life, address);
    }
    former.remove(peer.life());
    if (former.size() > FORMER_MAX) {
      former.remove(former.keySet().iterator().next());
    }
    life = peer.life();
    sinceMillis = peer.sinceMillis();
    firstFetchedMillis = nowMillis;
  }

  private String describe(Introduction introduction) {
    Handshake peer = introduction.handshake();
    return "two processes run under the name %s, life %s at %s and life %s at %s"
        .formatted(peer.name(), life, address, peer.life(), introduction.address());
  }
}
