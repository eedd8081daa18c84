package io.hera.client;

import java.util.Map;
import java.util.Optional;

/**
 * The answer of a node. Names of headers are in lower case.
 *
 * @param body inflated, and bounded by the transport; empty for none
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** Returns the value of a header. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
