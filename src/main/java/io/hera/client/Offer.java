package io.hera.client;

import java.time.Duration;

/**
 * An instance to register: what its owner says of it, and how long it lives without a heartbeat.
 *
 * <p>Members of the document by custom, which {@link Instance} reads: {@code host}, {@code port},
 * {@code scheme}, {@code zone}, {@code weight}, {@code status}; {@code version} is good to have.
 *
 * @param service 1 to 255 bytes of UTF-8 without {@code /}, {@code \} and control characters; it does
 *     not begin with {@code _}
 * @param id the same; empty stands for {@code <host>-<port>} of the document, so that a process that
 *     was killed is replaced by its successor
 * @param document one without {@code host} gets that of {@link HeraSettings} or of the network
 *     interface towards the nodes, when it is registered
 * @param ttl how long the instance lives after its last heartbeat, 1 s to 365 days; a node may move it
 *     into its own bounds
 */
public record Offer(String service, String id, Document document, Duration ttl) {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Duration TTL_MIN = Duration.ofSeconds(1);
  private static final Duration TTL_MAX = Duration.ofDays(365);
  private static final int PORT_MAX = 65_535;
  private static final String HOST = "host";

  /** Throws an {@link IllegalArgumentException} that names the value and the rule that it breaks. */
  public Offer {
    Names.service(service);
    if (id.isEmpty()) {
      checkPort(document.integer("port").orElse(0));
    } else {
      Names.id(id);
    }
    if (ttl.compareTo(TTL_MIN) < 0 || ttl.compareTo(TTL_MAX) > 0) {
      throw new IllegalArgumentException("ttl: " + ttl + " is not in 1 s..365 days");
    }
  }

  /**
   * Returns an offer with the id {@code <host>-<port>}, a document of the port alone, and a ttl of 30 s.
   *
   * @param port 1..65535: the one that the server has bound, so register after that
   * @throws IllegalArgumentException if the name or the port is not valid
   */
  public static Offer of(String service, int port) {
    return new Offer(service, "", Document.empty().with("port", checkPort(port)), TTL);
  }

  /**
   * Returns an offer with a document and a ttl of 30 s.
   *
   * @throws IllegalArgumentException if a name is not valid
   */
  public static Offer of(String service, String id, Document document) {
    return new Offer(service, id, document, TTL);
  }

  /**
   * Returns the offer with this member in its document.
   *
   * @param value a String, Number, Boolean, List or Map
   * @throws IllegalArgumentException if the value is of another type, or the document gets too large
   */
  public Offer with(String member, Object value) {
    return new Offer(service, id, document.with(member, value), ttl);
  }

  /** Returns the offer under another id. */
  public Offer withId(String newId) {
    return new Offer(service, newId, document, ttl);
  }

  /** Returns the offer with another ttl. */
  public Offer withTtl(Duration newTtl) {
    return new Offer(service, id, document, newTtl);
  }

  /** Returns whether {@link #at} has something to add. */
  boolean needsHost() {
    return !hasHost() || id.isEmpty();
  }

  /** Returns whether the document says by itself how the instance is reached. */
  boolean hasHost() {
    return document.get(HOST).isPresent() || document.get("address").isPresent();
  }

  /**
   * Returns the offer with an id, and with a host in its document: the given one unless it has one.
   *
   * @param host a name or an IP address, without brackets
   */
  Offer at(String host) {
    Document whole = hasHost() ? document : document.with(HOST, host);
    String name = id.isEmpty() ? defaultId(whole, host) : id;
    return new Offer(service, name, whole, ttl);
  }

  private static String defaultId(Document document, String host) {
    return document.text(HOST).orElse(host) + "-" + document.integer("port").orElseThrow();
  }

  private static int checkPort(int port) {
    if (port < 1 || port > PORT_MAX) {
      throw new IllegalArgumentException("port: " + port + " is not in 1..65535");
    }
    return port;
  }
}
