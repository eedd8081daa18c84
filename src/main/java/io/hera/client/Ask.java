package io.hera.client;

import java.net.URI;
import java.util.Map;

/**
 * One request to one node. Names of headers are in lower case. The client watches over the time: it
 * cancels a request that takes too long.
 *
 * @param node scheme, host and port: {@code http://10.0.0.1:8080}
 * @param target path and query, encoded
 * @param body empty if there is none
 */
public record Ask(
    URI node, String method, String target, Map<String, String> headers, byte[] body) {
  /** Copies the headers. */
  public Ask {
    headers = Map.copyOf(headers);
  }
}
