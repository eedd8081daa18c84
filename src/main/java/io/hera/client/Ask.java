package io.hera.client;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One request to one node. Names of headers are in lower case.
 *
 * @param node scheme, host and port: {@code http://10.0.0.1:8080}
 * @param target path and query, encoded
 * @param body empty for none
 * @param patience how long the whole answer may take
 */
public record Ask(
    URI node,
    String method,
    String target,
    Map<String, String> headers,
    byte[] body,
    Duration patience) {
  public Ask {
    headers = Map.copyOf(headers);
  }
}
