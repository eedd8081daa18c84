package io.hera.registry;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The instances that a drain hides (P18). Its text is the id of the drain, the same on all nodes. */
public sealed interface Selector {
  /** Most characters of a text: any names fit, percent-encoded. */
  int TEXT_MAX = 2_048;

  /** Begins the text of a selector by a member. */
  String MEMBER = "*?match=";

  /** One instance, whether it is registered or not. */
  record OfInstance(Key key) implements Selector {
    @Override
    public String text() {
      return encode(key.service()) + "/" + encode(key.id());
    }
  }

  /** All instances of a service. */
  record OfService(String service) implements Selector {
    @Override
    public String text() {
      return encode(service);
    }
  }

  /**
   * The instances of any service whose documents have a member with this value, as {@code
   * host:10.1.1.7}: those of one machine.
   *
   * @param member name of a top-level member
   * @param value as {@link ContentHash#member} returns it
   */
  record OfMember(String member, String value) implements Selector {
    @Override
    public String text() {
      return MEMBER + encode(member) + ":" + encode(value);
    }
  }

  /** Returns the one text that {@link #parse} reads as this selector, in printable ASCII. */
  String text();

  /** Returns the key of a drain with this selector. */
  default Key drainKey() {
    return new Key(Drains.SERVICE, text());
  }

  /** Reads the text of a selector; empty if the text is not one. */
  static Optional<Selector> parse(String text) {
    if (text.length() > TEXT_MAX) {
      return Optional.empty();
    }
    try {
      return read(text).filter(selector -> selector.text().equals(text));
    } catch (IllegalArgumentException notEncoded) {
      return Optional.empty();
    }
  }

  private static Optional<Selector> read(String text) {
    if (text.startsWith(MEMBER)) {
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new OfMember(
              decode(text.substring(MEMBER.length(), colon)), decode(text.substring(colon + 1))));
    }
    int slash = text.indexOf('/');
    String service = decode(slash < 0 ? text : text.substring(0, slash));
    if (service.isEmpty() || service.startsWith("_")) {
      return Optional.empty();
    }
    if (slash < 0) {
      return Optional.of(new OfService(service));
    }
    String id = decode(text.substring(slash + 1));
    return id.isEmpty() ? Optional.empty() : Optional.of(new OfInstance(new Key(service, id)));
  }

  private static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  private static String decode(String name) {
    return URLDecoder.decode(name, StandardCharsets.UTF_8);
  }
}
