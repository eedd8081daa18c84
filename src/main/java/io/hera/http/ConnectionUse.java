package io.hera.http;

import io.hera.access.KnownSender;
import io.vertx.core.http.HttpConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last exchange on a connection, and how long it has been idle. Owned by {@link Connections}. */
final class ConnectionUse {
  final IdleTime idle = new IdleTime();
  final KnownSender sender = new KnownSender();
  final Optional<ClientCertificate> certificate;
  final Unread unread;

  @Nullable
  Exchange last;

  boolean inputEnded;

  ConnectionUse(HttpConnection connection) {
    unread = new Unread(connection);
    certificate = ClientCertificate.of(connection);
  }

  boolean busy() {
    return last != null && !last.ended();
  }
}
