package io.hera.bus;

import io.hera.json.Malformed;
import io.hera.registry.Outcome;
import io.vertx.core.eventbus.Message;
import java.io.Serial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a request was not done: what HTTP would answer, as a failure code and a message. */
final class Refused extends Exception {
  private static final Logger log = LoggerFactory.getLogger(Refused.class);

  @Serial
  private static final long serialVersionUID = 1;

  private final int code;

  private Refused(int code, String type, String detail) {
    super(type + ": " + detail, null, false, false);
    this.code = code;
  }

  static Refused invalidRequest(String detail) {
    return new Refused(400, "invalid-request", detail);
  }

  static Refused invalidPath(String detail) {
    return new Refused(400, "invalid-path", detail);
  }

  static Refused invalidDocument(Malformed malformed) {
    return new Refused(400, "invalid-document", malformed.reason() + at(malformed.pointer()));
  }

  private static String at(String pointer) {
    return pointer.isEmpty() ? "" : " at " + pointer;
  }

  static Refused tooLarge(int bytesMax) {
    return new Refused(413, "document-too-large", "it may have " + bytesMax + " bytes at most");
  }

  /** The write has ended otherwise than it should. */
  static Refused of(Outcome outcome) {
    return switch (outcome) {
      case UNKNOWN_INSTANCE ->
        new Refused(404, "unknown-instance", "register it with its document");
      case RECOVERING -> new Refused(503, "recovering", "the node gets its own registrations back");
      case SERVICES_FULL, INSTANCES_FULL, BYTES_FULL ->
        new Refused(507, "capacity", "the registry is full; renewals go on");
      case DONE -> throw new IllegalStateException("nothing went wrong");
    };
  }

  /** What nobody planned for is a defect: logged here, and told without detail. */
  static Refused of(Throwable failure) {
    if (failure instanceof Refused refused) {
      return refused;
    }
    log.error("defect while answering a message", failure);
    return new Refused(500, "internal", "the node's log says more");
  }

  void tell(Message<?> message) {
    message.fail(code, getMessage());
  }
}
