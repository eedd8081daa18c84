package io.hera.client;

import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** How a client presents itself to nodes and to other clients; explained in {@link HeraSettings}. */
record Identity(
    Optional<String> zone,
    Optional<Supplier<String>> token,
    Optional<SSLContext> tls,
    Optional<String> advertise) {
  static final Identity NONE =
      new Identity(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  Identity withZone(String name) {
    return new Identity(Optional.of(name), token, tls, advertise);
  }

  Identity withToken(Supplier<String> supplier) {
    return new Identity(zone, Optional.of(supplier), tls, advertise);
  }

  Identity withTls(SSLContext context) {
    return new Identity(zone, token, Optional.of(context), advertise);
  }

  Identity withAdvertise(String how) {
    return new Identity(zone, token, tls, Optional.of(how));
  }
}
