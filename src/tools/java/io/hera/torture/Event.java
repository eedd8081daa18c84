package io.hera.torture;

/**
 * One request of a client: {@code called} and {@code returned} in milliseconds of the driver's clock, {@code life} counts the
 * starts of that node, {@code status} is 0 when no answer came. A PUT says {@code body}; a GET says what it read.
 */
record Event(Kind kind, At at, String key, int status, String body, long called, long returned) {
  enum Kind {
    PUT,
    GET,
    DELETE
  }

  /** A process: the node's name and which of its lives. */
  record At(String node, int life) {}

  boolean acknowledged() {
    return status == 204;
  }

  /** A GET with an answer that says what is shown, or that nothing is. */
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
