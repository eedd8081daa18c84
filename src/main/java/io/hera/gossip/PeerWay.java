package io.hera.gossip;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a peer is asked while the cluster switches TLS on: by TLS; or in clear, for a while after an exchange by TLS has failed and the same
 * in clear has not. A peer that answers in neither way is asked by TLS again. Owned by {@link Peer}; times are monotonic milliseconds.
 */
final class PeerWay {
  static final long CLEAR_MILLIS = 30_000;

  private static final Logger log = LoggerFactory.getLogger(PeerWay.class);

  private final String peer;
  private Optional<InClear> inClear = Optional.empty();

  PeerWay(String peer) {
    this.peer = peer;
  }

  /** Why the peer is asked in clear, and until when. */
  private record InClear(String reason, long untilMillis) {}

  /** Returns whether the next pull is to be by TLS. */
  boolean triesTls(long nowMillis) {
    return inClear.isEmpty() || nowMillis >= inClear.get().untilMillis;
  }

  /** Returns why the last answer came in clear; empty if it came by TLS. */
  Optional<String> clearReason() {
    return inClear.map(InClear::reason);
  }

  /** The peer has answered by TLS. */
  void answeredByTls() {
    if (inClear.isPresent()) {
      log.info("the peer is asked by TLS peer={}", peer);
    }
    inClear = Optional.empty();
  }

  /** The peer has not answered by TLS, for this reason, but in clear. */
  void answeredInClear(String reason, long nowMillis) {
    if (inClear.isEmpty()) {
      log.warn("the peer is asked in clear, as plaintext allows peer={} by TLS: {}", peer, reason);
    }
    inClear = Optional.of(new InClear(reason, nowMillis + CLEAR_MILLIS));
  }
}
