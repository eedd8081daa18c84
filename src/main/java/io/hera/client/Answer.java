package io.hera.client;

import java.util.Map;
import java.util.Optional;

/**
 * The answer of a node. Names of headers are in lower case.
 *
 * @param body inflated, and bounded by the transport; empty if there is none
 * @param transferred the bytes of the body on the wire, before it was inflated
 */
public record Answer(int status, Map<String, String> headers, byte[] body, int transferred) {
  /** Copies the headers. */
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** Creates an answer whose body was not compressed. */
  public Answer(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, body, body.length);
  }

  /** Returns the value of a header, whose name is in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
