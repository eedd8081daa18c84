package io.hera.config;

import io.hera.config.source.TlsSetting;
import io.hera.tls.TlsVersion;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the node speaks TLS; part of {@link Config}.
 *
 * @param setting whether it does
 * @param minVersion the oldest version that it accepts
 * @param plaintext whether it is reached without TLS too, as long as its cluster switches over
 */
public record Tls(TlsSetting setting, TlsVersion minVersion, boolean plaintext) {
  static Tls of(Values values) {
    return new Tls(
        values.get(Settings.TLS),
        values.get(Settings.TLS_MIN_VERSION),
        values.get(Settings.PLAINTEXT));
  }

  /** Returns the rule that a node breaks with these ports. */
  Optional<String> fault(OptionalInt tlsPort, int port) {
    if (!plaintext) {
      return Optional.empty();
    } else if (setting.source().isEmpty()) {
      return Optional.of("needs tls, to which the cluster switches over");
    } else if (tlsPort.isEmpty()) {
      return Optional.of("needs a tls-port of this node in cluster, beside its port");
    }
    return tlsPort.getAsInt() == port
        ? Optional.of("needs a tls-port of this node that is not its port, " + port)
        : Optional.empty();
  }
}
