package io.hera.wire;

import io.hera.json.JsonWriter;
import io.hera.json.Malformed;
import io.hera.registry.Drains;
import io.hera.registry.Outcome;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The reason why one request is not served (RFC 9457), for the client that sent it.
 *
 * @param detail the fault of this request
 * @param hint a remedy, or empty
 * @param pointer JSON pointer to the faulty member of the document, or empty
 * @param needs the permission that the sender lacks, as an access file has it, or empty
 */
public record Problem(ProblemType type, String detail, String hint, String pointer, String needs) {
  private Problem(ProblemType type, String detail) {
    this(type, detail, "", "", "");
  }

  private Problem hint(String hint) {
    return new Problem(type, detail, hint, pointer, needs);
  }

  public static Problem invalidRequest(String detail) {
    return new Problem(ProblemType.INVALID_REQUEST, detail);
  }

  public static Problem invalidPath(String detail) {
    return new Problem(ProblemType.INVALID_PATH, detail)
        .hint("a path is /<service> or /<service>/<id>, each 1 to 255 bytes of UTF-8,"
            + " percent-encoded where necessary");
  }

  public static Problem invalidQuery(String detail) {
    return new Problem(ProblemType.INVALID_QUERY, detail);
  }

  public static Problem invalidDocument(Malformed malformed) {
    return new Problem(
        ProblemType.INVALID_DOCUMENT,
        "at byte %s: %s".formatted(malformed.offset(), malformed.reason()),
        "an instance document is one JSON object in UTF-8, without duplicate keys",
        malformed.pointer(),
        "");
  }

  public static Problem unknownInstance() {
    return new Problem(
            ProblemType.UNKNOWN_INSTANCE,
            "the instance was never registered, was deregistered, or has expired")
        .hint("register it with a PUT of its document");
  }

  /** Returns the problem of a request for an instance that a client of Eureka may have sent. */
  public static Problem noEurekaPath() {
    return unknownInstance()
        .hint("for clients of Eureka, the path is /eureka/v2/apps, or ends with a slash");
  }

  /** Returns the problem of a request for an event that is not there; the detail says why. */
  public static Problem unknownEvent(String detail) {
    return new Problem(ProblemType.UNKNOWN_EVENT, detail).hint("/_events lists the events kept");
  }

  public static Problem unknownEndpoint() {
    return new Problem(ProblemType.UNKNOWN_ENDPOINT, "the path is not one of this node's endpoints")
        .hint("services whose name begins with _ are reserved");
  }

  public static Problem methodNotAllowed(String allowed) {
    return new Problem(ProblemType.METHOD_NOT_ALLOWED, "the methods here are " + allowed);
  }

  public static Problem bodyTimeout(long millis) {
    return new Problem(
        ProblemType.BODY_TIMEOUT, "the body was not complete after " + millis + " ms");
  }

  public static Problem nameConflict(String detail) {
    return new Problem(ProblemType.NAME_CONFLICT, detail)
        .hint("give each node of the cluster a name of its own and check the addresses in cluster");
  }

  /** Returns the problem of a drain that peers do not know (P18). */
  public static Problem mixedVersions(List<String> peers) {
    return new Problem(
            ProblemType.MIXED_VERSIONS,
            "these nodes do not know drains, and would not pass one on: " + shown(peers))
        .hint(
            "upgrade them, or add ?force: their clients go on, and some nodes may miss the drain");
  }

  /** Returns the problem of a drain that would leave services without an instance. */
  public static Problem wouldEmpty(List<String> services) {
    return new Problem(
            ProblemType.WOULD_EMPTY, "no instance would be shown any more of " + shown(services))
        .hint("add ?force to drain them all the same");
  }

  private static String shown(List<String> names) {
    return names.stream().map(Names::forMessage).collect(Collectors.joining(", "));
  }

  public static Problem unknownDrain() {
    return new Problem(ProblemType.UNKNOWN_DRAIN, "no drain of this selector is in force")
        .hint("GET /_drain lists those in force");
  }

  public static Problem preconditionFailed() {
    return new Problem(
            ProblemType.PRECONDITION_FAILED,
            "this node shows an instance that If-Match or If-None-Match excludes, or none")
        .hint("read the instance again, and send the ETag of what you have read");
  }

  public static Problem tooLarge(int bytesMax) {
    return new Problem(ProblemType.DOCUMENT_TOO_LARGE, "the limit is " + bytesMax + " bytes")
        .hint("limits.document-bytes sets the limit, limits.batch-bytes that of batches");
  }

  public static Problem targetTooLong() {
    return new Problem(
            ProblemType.TARGET_TOO_LONG, "the request line exceeds the limit of this node")
        .hint("limits.request-line-bytes sets the limit");
  }

  public static Problem unsupportedMedia(String detail) {
    return new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail)
        .hint("send plain JSON; the Content-Type may be application/json or left out");
  }

  public static Problem expectationFailed() {
    return new Problem(
        ProblemType.EXPECTATION_FAILED, "the only expectation supported is 100-continue");
  }

  public static Problem headersTooLarge() {
    return new Problem(ProblemType.HEADERS_TOO_LARGE, "the headers exceed the limit of this node")
        .hint("limits.header-bytes sets the limit");
  }

  public static Problem unknownHost() {
    return new Problem(
            ProblemType.UNKNOWN_HOST, "a browser called the node by a name that it does not know")
        .hint("the setting hosts has the names by which browsers may call the node");
  }

  public static Problem crossOrigin() {
    return new Problem(
            ProblemType.CROSS_ORIGIN, "a browser sent the request for a page of another origin")
        .hint("the setting origins has the origins whose pages may read and write");
  }

  public static Problem tokenInUrl() {
    return new Problem(
            ProblemType.TOKEN_IN_URL,
            "a token belongs into the header Authorization; this one may be in logs now")
        .hint("replace the token by a new one, and send that as Authorization: Bearer");
  }

  /** Returns the problem of a request whose sender has not proven who it is. */
  public static Problem unauthenticated(String detail) {
    return new Problem(ProblemType.UNAUTHENTICATED, detail);
  }

  /** Returns the problem of a request whose sender is known and lacks a permission; the permission may be empty. */
  public static Problem forbidden(String needs) {
    return new Problem(
        ProblemType.FORBIDDEN, "the access file of this node does not allow it", "", "", needs);
  }

  public static Problem internal() {
    return new Problem(
        ProblemType.INTERNAL, "the request could not be served; the log of the node has details");
  }

  public static Problem recovering() {
    return new Problem(
            ProblemType.RECOVERING,
            "the node has just started and is getting registrations from its peers")
        .hint("try again in a second, or use another node");
  }

  public static Problem busy() {
    return new Problem(ProblemType.BUSY, "clients do not read the replies that they have asked for")
        .hint("try again in a second, or use another node; limits.in-flight-bytes sets the limit");
  }

  /** Returns the problem of a question that takes long, beside others of its kind. */
  public static Problem tooManyQuestions(String detail) {
    return new Problem(ProblemType.TOO_MANY_QUESTIONS, detail)
        .hint("try again in a second, or use another node");
  }

  public static Problem tooManyWatchers() {
    return new Problem(ProblemType.TOO_MANY_WATCHERS, "the limit on waiting clients is reached")
        .hint("use another node, or ask without wait");
  }

  public static Problem httpVersion(String version) {
    return new Problem(ProblemType.HTTP_VERSION, version + " is not a version of HTTP/1");
  }

  private static Problem full(String what, String key) {
    return new Problem(ProblemType.CAPACITY, "the limit on " + what + " is reached; renewals go on")
        .hint("limits." + key + " sets the limit");
  }

  /** Returns the problem of a write that was not done. */
  public static Problem of(Outcome outcome) {
    return switch (outcome) {
      case UNKNOWN_INSTANCE -> unknownInstance();
      case RECOVERING -> recovering();
      case PRECONDITION_FAILED -> preconditionFailed();
      case SERVICES_FULL -> full("services", "services");
      case INSTANCES_FULL -> full("instances", "instances");
      case BYTES_FULL -> full("bytes of documents", "total-bytes");
      case TOMBSTONES_FULL -> full("tombstones", "tombstones");
      case DRAINS_FULL ->
        new Problem(ProblemType.CAPACITY, "the limit of " + Drains.MAX + " drains is reached")
            .hint("remove some, or drain a service or a machine instead of many instances");
      case DONE, DONE_LATE -> throw new IllegalStateException("nothing went wrong");
    };
  }

  /** Returns the problem as {@code application/problem+json}. */
  public byte[] json() {
    JsonWriter json = new JsonWriter(256)
        .ascii("{\"type\":")
        .string(type.urn())
        .ascii(",\"title\":")
        .string(type.title())
        .ascii(",\"status\":")
        .number(type.status())
        .ascii(",\"detail\":")
        .string(detail);
    if (!hint.isEmpty()) {
      json.ascii(",\"hint\":").string(hint);
    }
    if (!pointer.isEmpty()) {
      json.ascii(",\"pointer\":").string(pointer);
    }
    if (!needs.isEmpty()) {
      json.ascii(",\"needs\":").string(needs);
    }
    return json.raw('}').toBytes();
  }
}
