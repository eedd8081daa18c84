package io.hera.http;

import io.hera.access.Token;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request of an operator that changes the node: it has a line in the audit log, whatever its extent. */
public final class AuditedOperation {
  private static final Logger log = LoggerFactory.getLogger(AuditLog.NAME);

  private AuditedOperation() {}

  /**
   * Logs a request that was done.
   *
   * @param done a word for it
   * @param details further fields, without secrets, in printable ASCII
   */
  public static void log(Exchange exchange, String done, String details) {
    log.info("{} {}{}", done, AuditedChanges.sender(exchange), Token.hideIn(details));
  }
}
