package io.hera.assembly;

import io.hera.config.Config;
import io.hera.config.ConfigException;
import io.hera.config.TlsCheck;
import io.hera.config.source.Fault;
import io.hera.config.source.SwitchedFile;
import io.hera.tls.TlsException;
import io.hera.tls.TlsSource;
import io.hera.tls.TlsVersion;
import io.hera.tls.live.LiveTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Starts TLS for a node as its configuration says. */
public final class NodeTls {
  /** Without it, clients of TLS 1.2 can have the server shake hands on a connection again and again. */
  public static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

  private NodeTls() {}

  /** Returns TLS for the node, if it is to speak it; fails with a {@link ConfigException} if it cannot. */
  public static Future<Optional<LiveTls>> start(Vertx vertx, Config config, InstantSource wall) {
    Optional<TlsSource> source = config.tls().setting().source();
    if (source.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    TlsVersion minVersion = config.tls().minVersion();
    if (minVersion == TlsVersion.V1_2 && !Boolean.getBoolean(NO_RENEGOTIATION)) {
      return failed("tls-min-version", "1.2 needs -D" + NO_RENEGOTIATION + "=true for this JVM");
    }
    return LiveTls.start(
            vertx,
            new LiveTls.Settings(source.get(), minVersion, clients(config), reached(config)),
            wall)
        .map(Optional::of)
        .recover(failure -> failure instanceof TlsException faulty
            ? Future.failedFuture(TlsCheck.faults(faulty))
            : Future.failedFuture(failure));
  }

  private static LiveTls.Clients clients(Config config) {
    return config.access() instanceof SwitchedFile.Named
        ? LiveTls.Clients.BY_CERTIFICATE
        : LiveTls.Clients.ALIKE;
  }

  /** Returns where peers reach the node. */
  public static LiveTls.Reached reached(Config config) {
    return new LiveTls.Reached(config.reachedAt(), TlsCheck.othersCall(config));
  }

  private static <T> Future<T> failed(String key, String rule) {
    return Future.failedFuture(
        new ConfigException(List.of(new Fault("options", 0, key, "", rule))));
  }
}
