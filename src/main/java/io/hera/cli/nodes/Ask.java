package io.hera.cli.nodes;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request to any node of a cluster.
 *
 * @param target path and query
 * @param body sent with PUT and POST
 * @param waits how long the node may wait for a change before it answers
 */
public record Ask(
    String method, String target, Map<String, String> headers, byte[] body, Duration waits) {
  private static final byte[] NOTHING = {};

  /** Copies the headers. */
  public Ask {
    headers = Map.copyOf(headers);
  }

  public static Ask get(String target) {
    return of("GET", target, NOTHING);
  }

  public static Ask delete(String target) {
    return of("DELETE", target, NOTHING);
  }

  public static Ask put(String target, byte[] body) {
    return of("PUT", target, body).with("Content-Type", "application/json");
  }

  public static Ask post(String target, byte[] body) {
    return of("POST", target, body);
  }

  private static Ask of(String method, String target, byte[] body) {
    return new Ask(method, target, Map.of(), body, Duration.ZERO);
  }

  /** Returns the same with one more header. */
  public Ask with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Ask(method, target, more, body, waits);
  }

  /** Returns the same, for which a node may take longer. */
  public Ask waiting(Duration longer) {
    return new Ask(method, target, headers, body, longer);
  }

  /** Returns whether a body is sent, which may be empty. */
  boolean hasBody() {
    return method.equals("PUT") || method.equals("POST");
  }
}
