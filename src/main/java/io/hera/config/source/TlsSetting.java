package io.hera.config.source;

import io.hera.tls.TlsSource;
import io.hera.wire.Address;
import java.util.Optional;

/** Whether a node speaks TLS. */
public sealed interface TlsSetting {
  /** It does not. */
  record Unset() implements TlsSetting {}

  /** It does not, since the network below encrypts. */
  record Off() implements TlsSetting {}

  /** It does, with the material in these files. */
  record On(TlsSource files) implements TlsSetting {}

  /** Returns where a node with this setting reaches another one of its cluster. */
  default Address reach(NodeAddress node) {
    return this instanceof On ? node.tls() : node.clear();
  }

  /** Returns where the material is; empty without TLS. */
  default Optional<TlsSource> source() {
    return this instanceof On on ? Optional.of(on.files()) : Optional.empty();
  }
}
