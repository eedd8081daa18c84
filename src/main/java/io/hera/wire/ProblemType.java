package io.hera.wire;

/**
 * All reasons for which a request is not served: the one table for HTTP and the event bus.
 *
 * <p>The label is stable: clients decide by it. It is the last part of the type's URN (RFC 9457).
 */
public enum ProblemType {
  INVALID_REQUEST("invalid-request", 400, "The request is not valid"),
  INVALID_PATH("invalid-path", 400, "The path does not name a service or an instance"),
  INVALID_QUERY("invalid-query", 400, "The query is not valid"),
  INVALID_DOCUMENT("invalid-document", 400, "The document is not acceptable"),
  TOKEN_IN_URL("token-in-url", 400, "The request target contains a token"),
  UNAUTHENTICATED("unauthenticated", 401, "The sender is not known here"),
  FORBIDDEN("forbidden", 403, "The sender may not do this"),
  CROSS_ORIGIN("cross-origin", 403, "A page of another origin may not do this"),
  UNKNOWN_INSTANCE("unknown-instance", 404, "There is no such instance"),
  UNKNOWN_EVENT("unknown-event", 404, "There is no such event"),
  UNKNOWN_DRAIN("unknown-drain", 404, "There is no such drain"),
  UNKNOWN_ENDPOINT("unknown-endpoint", 404, "There is no such endpoint"),
  METHOD_NOT_ALLOWED("method-not-allowed", 405, "The method is not allowed here"),
  BODY_TIMEOUT("body-timeout", 408, "The body took too long"),
  NAME_CONFLICT("name-conflict", 409, "The node's name is in use by another process"),
  MIXED_VERSIONS("mixed-versions", 409, "Not all nodes know this"),
  WOULD_EMPTY("would-empty", 409, "A service would be left without an instance"),
  PRECONDITION_FAILED("precondition-failed", 412, "A precondition does not hold"),
  DOCUMENT_TOO_LARGE("document-too-large", 413, "The document is too large"),
  TARGET_TOO_LONG("target-too-long", 414, "The request line is too long"),
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The body cannot be a JSON document"),
  EXPECTATION_FAILED("expectation-failed", 417, "The expectation cannot be met"),
  UNKNOWN_HOST("unknown-host", 421, "The host is not a name of this node"),
  HEADERS_TOO_LARGE("headers-too-large", 431, "The headers are too large"),
  INTERNAL("internal", 500, "The node has a defect"),
  RECOVERING("recovering", 503, "The node is not ready"),
  BUSY("busy", 503, "Too much is waiting to be read"),
  TOO_MANY_QUESTIONS("too-many-questions", 503, "Too much is being looked for"),
  TOO_MANY_WATCHERS("too-many-watchers", 503, "Too many clients wait for changes"),
  HTTP_VERSION("http-version", 505, "The HTTP version is not supported"),
  CAPACITY("capacity", 507, "The registry is full");

  private static final String URN = "urn:hera:problem:";

  private final String label;
  private final int status;
  private final String title;

  ProblemType(String label, int status, String title) {
    this.label = label;
    this.status = status;
    this.title = title;
  }

  /** Returns the stable name, such as {@code invalid-path}. */
  public String label() {
    return label;
  }

  /** Returns the URN that problem documents give as their type. */
  public String urn() {
    return URN + label;
  }

  /**
   * Returns the status of an HTTP reply, which is also the failure code of one on the event bus.
   */
  public int status() {
    return status;
  }

  /** Returns one line, the same for all problems of the type. */
  public String title() {
    return title;
  }
}
