package io.hera.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A request that any node may get.
 *
 * @param target path and query, encoded
 * @param body empty if there is none
 * @param patience how long to wait for the whole answer
 */
record Request(
    String method, String target, Map<String, String> headers, byte[] body, Duration patience) {
  private static final byte[] NOTHING = new byte[0];
  private static final Request READINESS = get("/_health/ready", Duration.ofSeconds(2));

  /** Returns the question whether a node is ready. */
  static Request readiness() {
    return READINESS;
  }

  static Request get(String target, Duration patience) {
    return new Request("GET", target, Map.of(), NOTHING, patience);
  }

  static Request delete(String target, Duration patience) {
    return new Request("DELETE", target, Map.of(), NOTHING, patience);
  }

  static Request put(String target, byte[] document, Duration patience) {
    return new Request("PUT", target, Map.of(), document, patience);
  }

  static Request post(String target, byte[] body, Duration patience) {
    return new Request("POST", target, Map.of(), body, patience);
  }

  Request with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Request(method, target, more, body, patience);
  }
}
