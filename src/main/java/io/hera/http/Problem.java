package io.hera.http;

import io.hera.json.Malformed;
import io.hera.registry.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a request was not served, as RFC 9457 describes it: the one table of all reasons, and from failure to reason.
 *
 * @param type the last part of the type's URN, stable
 * @param status of the answer
 * @param title the same for all problems of the type
 * @param detail this one, in words for whoever sent the request
 * @param hint what to do about it, or empty
 * @param pointer where in the document, a JSON pointer, or empty
 */
record Problem(String type, int status, String title, String detail, String hint, String pointer) {
  private static final Logger log = LoggerFactory.getLogger(Problem.class);

  static final String MEDIA_TYPE = "application/problem+json";
  private static final String URN = "urn:hera:problem:";

  private static Problem of(String type, int status, String title, String detail) {
    return new Problem(type, status, title, detail, "", "");
  }

  private Problem hint(String hint) {
    return new Problem(type, status, title, detail, hint, pointer);
  }

  static Problem invalidRequest(String detail) {
    return of("invalid-request", 400, "The request is not valid HTTP/1.1", detail);
  }

  static Problem invalidPath(String detail) {
    return of("invalid-path", 400, "The path names no service and no instance", detail)
        .hint(
            "a path is /<service> or /<service>/<id>, each 1 to 255 bytes of UTF-8, percent-encoded where need be");
  }

  static Problem invalidQuery(String detail) {
    return of("invalid-query", 400, "The query cannot be understood", detail);
  }

  static Problem invalidDocument(Malformed malformed) {
    String detail = "at byte %d: %s".formatted(malformed.offset(), malformed.reason());
    return new Problem(
        "invalid-document",
        400,
        "The document is not acceptable",
        detail,
        "an instance document is one JSON object in UTF-8, without duplicate keys",
        malformed.pointer());
  }

  static Problem unknownInstance() {
    return of(
            "unknown-instance",
            404,
            "There is no such instance",
            "it was never registered, was deregistered, or has expired")
        .hint("register it with a PUT of its document");
  }

  static Problem unknownEndpoint() {
    return of(
            "unknown-endpoint",
            404,
            "There is no such endpoint",
            "the path is not one of this node's endpoints")
        .hint("services whose name begins with _ are reserved");
  }

  static Problem methodNotAllowed(String allowed) {
    return of(
        "method-not-allowed",
        405,
        "The method cannot be used here",
        "the methods here are " + allowed);
  }

  static Problem bodyTimeout(long millis) {
    return of(
        "body-timeout",
        408,
        "The body took too long",
        "it was not complete after " + millis + " ms");
  }

  static Problem nameConflict(String detail) {
    return of("name-conflict", 409, "The node's name is in use by another process", detail)
        .hint("give each node of the cluster a name of its own and check the addresses in cluster");
  }

  static Problem tooLarge(int bytesMax) {
    return of(
            "document-too-large",
            413,
            "The document is too large",
            "it may have " + bytesMax + " bytes at most")
        .hint("limits.document-bytes sets the limit, limits.batch-bytes that of batches");
  }

  static Problem targetTooLong() {
    return of(
            "target-too-long",
            414,
            "The request line is too long",
            "it is longer than this node reads")
        .hint("limits.request-line-bytes sets the limit");
  }

  static Problem unsupportedMedia(String detail) {
    return of(
            "unsupported-media-type",
            415,
            "The body is of a kind that cannot be a document",
            detail)
        .hint("send plain JSON; the Content-Type may be application/json or left out");
  }

  static Problem expectationFailed() {
    return of(
        "expectation-failed",
        417,
        "The expectation cannot be met",
        "the only one that can is 100-continue");
  }

  static Problem headersTooLarge() {
    return of(
            "headers-too-large",
            431,
            "The headers are too large",
            "they are larger than this node reads")
        .hint("limits.header-bytes sets the limit");
  }

  static Problem internal() {
    return of(
        "internal",
        500,
        "The node has a defect",
        "the request could not be served; the node's log says more");
  }

  static Problem recovering() {
    return of(
            "recovering",
            503,
            "The node is not ready for writes",
            "it is getting its own registrations back from its peers")
        .hint("try again in a second, or use another node");
  }

  static Problem tooManyWatchers() {
    return of(
            "too-many-watchers",
            503,
            "Too many clients wait for changes",
            "this node lets no more of them wait")
        .hint("use another node, or ask without wait");
  }

  static Problem httpVersion(String version) {
    return of(
        "http-version", 505, "The HTTP version is not supported", version + " is not HTTP/1.1");
  }

  private static Problem full(String what, String key) {
    return of(
            "capacity",
            507,
            "The registry is full",
            "it holds as many " + what + " as it may; renewals go on")
        .hint("limits." + key + " sets the limit");
  }

  /** The problem that a write ran into. */
  static Problem of(Outcome outcome) {
    return switch (outcome) {
      case UNKNOWN_INSTANCE -> unknownInstance();
      case RECOVERING -> recovering();
      case SERVICES_FULL -> full("services", "services");
      case INSTANCES_FULL -> full("instances", "instances");
      case BYTES_FULL -> full("bytes of documents", "total-bytes");
      case DONE -> throw new IllegalStateException("nothing went wrong");
    };
  }

  /** The problem behind a failure. What nobody planned for is a defect: logged here, and told without detail. */
  static Problem of(Throwable failure) {
    if (failure instanceof Rejected rejected) {
      return rejected.problem();
    }
    log.error("defect while serving a request", failure);
    return internal();
  }

  Buffer json() {
    JsonObject json = new JsonObject()
        .put("type", URN + type)
        .put("title", title)
        .put("status", status)
        .put("detail", detail);
    if (!hint.isEmpty()) {
      json.put("hint", hint);
    }
    if (!pointer.isEmpty()) {
      json.put("pointer", pointer);
    }
    return json.toBuffer();
  }
}
