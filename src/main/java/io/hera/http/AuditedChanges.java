package io.hera.http;

import io.hera.access.Proof;
import io.hera.registry.Change;
import io.hera.registry.Key;
import io.hera.store.Write;
import io.hera.wire.Percent;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances that one request registers, updates and deregisters, for the audit log. Made from the request on its context; the store
 * notes changes before it replies, and they are logged after that.
 */
public final class AuditedChanges {
  private static final Logger log = LoggerFactory.getLogger(AuditLog.NAME);

  private final String sender;
  private final List<Noted> noted = new ArrayList<>();

  /** The changes of a request, of which there are none yet. */
  public AuditedChanges(Exchange exchange) {
    this.sender = sender(exchange);
  }

  /** Returns the fields of a line that name the sender of a request. */
  static String sender(Exchange exchange) {
    String token =
        exchange.caller().proof() instanceof Proof.ByToken by ? " token=" + by.hash() : "";
    return "identity=" + exchange.caller().identity().name() + token + " address="
        + exchange.remoteAddress() + " tls=" + exchange.tlsVersion();
  }

  private record Noted(Change.Kind kind, Key key) {}

  /** Returns a write without a condition that is noted if it changes its instance. */
  public Write noting(Write write) {
    return write instanceof Write.Renew
        ? write
        : new Write.Observed(write, kind -> noted.add(new Noted(kind, write.key())));
  }

  /** Returns whether there is nothing to log. */
  public boolean isEmpty() {
    return noted.isEmpty();
  }

  /** Logs the changes, one line each. */
  public void log() {
    for (Noted change : noted) {
      log.info(
          "{} {} service={} id={}",
          change.kind.word(),
          sender,
          AuditLog.escaped(Percent.encode(change.key.service())),
          AuditLog.escaped(Percent.encode(change.key.id())));
    }
  }
}
