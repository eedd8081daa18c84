package io.hera.torture;

/**
 * One request of a client.
 *
 * @param status of the answer, 0 if none came
 * @param body the document that was put or read
 * @param called time of the request, in milliseconds of the driver's clock
 * @param returned time of the answer
 */
record Event(Kind kind, At at, String key, int status, String body, long called, long returned) {
  enum Kind {
    PUT,
    GET,
    DELETE
  }

  /** A process: the name of the node, and the number of its starts. */
  record At(String node, int life) {}

  boolean acknowledged() {
    return status == 204;
  }

  /** Whether this is a GET that was answered with a document or with 404. */
  boolean answeredRead() {
    return kind == Kind.GET && (status == 200 || status == 404);
  }

  boolean found() {
    return kind == Kind.GET && status == 200;
  }

  boolean before(Event other) {
    return returned < other.called;
  }
}
