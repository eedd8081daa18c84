package io.hera.wire;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The part of a node's security that neither {@code tls} nor {@code access} has.
 *
 * @param audit the requests that its audit log has lines for: {@code refusals} or {@code changes}
 * @param peerToken whether it has a token for its peers
 * @param eventBus the processes that may use it over the event bus: {@code local} or {@code cluster}
 * @param plaintext requests without TLS; empty unless it also serves those while the cluster switches over
 */
public record SecurityStatus(
    String audit, boolean peerToken, String eventBus, Optional<Plaintext> plaintext) {

  /**
   * Requests that came without TLS.
   *
   * @param requests since the start
   * @param clients the last addresses that they came from
   */
  public record Plaintext(long requests, Map<String, PlaintextClient> clients) {
    /** Copies, in the order of the addresses. */
    public Plaintext {
      clients = Collections.unmodifiableMap(new TreeMap<>(clients));
    }
  }

  /**
   * An address that requests without TLS came from.
   *
   * @param requests since it was noted
   * @param ageSeconds since the last one
   */
  public record PlaintextClient(long requests, long ageSeconds) {}
}
