package io.hera.client.vertx;

import io.hera.client.Match;
import io.vertx.core.net.Address;
import java.util.List;

/**
 * The address of a service: for requests with conditions on instances, and for names that a URL cannot
 * contain. The request has to say by host and port which {@code Host} it sends, and which name it wants in
 * TLS: without them, Vert.x sends no {@code Host}, or {@code localhost}.
 *
 * <pre>{@code
 * http.request(new RequestOptions()
 *     .setServer(HeraAddress.of("orders", Match.of("zone", "ams")))
 *     .setHost("orders.hera")
 *     .setPort(80)
 *     .setURI("/7"))
 * }</pre>
 *
 * @param service its name
 * @param matches conditions that an instance has to meet, all of them; kept in order, each once, so that
 *     equal conditions make equal addresses
 */
public record HeraAddress(String service, List<Match> matches) implements Address {
  /** Sorts the conditions. */
  public HeraAddress {
    matches = matches.stream().sorted().distinct().toList();
  }

  /** Returns the address of a service; the name is checked when it is resolved. */
  public static HeraAddress of(String service, Match... matches) {
    return new HeraAddress(service, List.of(matches));
  }
}
