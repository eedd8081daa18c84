package io.hera.gossip.serve;

import io.hera.wire.Handshake;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The handshakes read last, by the text of their header: a peer sends the same one with each
 * request. Owned by {@link DeltaEndpoint}.
 */
final class KnownHandshakes {
  private static final int KNOWN_MAX = 128;

  private final Map<String, Optional<Handshake>> known = new LinkedHashMap<>();

  /** Returns {@link Handshake#parse} of the header. */
  Optional<Handshake> parse(String header) {
    Optional<Handshake> read = known.get(header);
    if (read == null) {
      read = Handshake.parse(header);
      forgetOldest();
      known.put(header, read);
    }
    return read;
  }

  private void forgetOldest() {
    if (known.size() == KNOWN_MAX) {
      known.remove(known.keySet().iterator().next());
    }
  }
}
