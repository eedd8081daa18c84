package io.hera.http.proxy;

import io.hera.json.JsonWriter;
import io.hera.json.LooseCursor;
import io.hera.json.Malformed;
import io.hera.json.ObjectCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A router of Traefik: which requests a service gets.
 *
 * @param entryPoints empty for all
 * @param middlewares empty for none
 * @param priority empty for Traefik's own
 */
record TraefikRouter(
    String rule,
    List<String> entryPoints,
    List<String> middlewares,
    OptionalInt priority,
    Tls tls) {
  private static final String MEMBER = "traefik";
  private static final Pattern PRIORITY = Pattern.compile("[1-9][0-9]{0,8}");

  /** Whether a router is for TLS connections. */
  enum Tls {
    NONE,
    DEFAULT
  }

  /** Returns a router with a rule and entry points only. */
  static TraefikRouter of(String rule, List<String> entryPoints) {
    return new TraefikRouter(rule, entryPoints, List.of(), OptionalInt.empty(), Tls.NONE);
  }

  /** Returns whether a checked document has a member for a router. */
  static boolean isIn(byte[] document) {
    ObjectCursor member = new ObjectCursor(document);
    return member.next(MEMBER) && !member.isNull();
  }

  /**
   * Returns the router in a checked document, {@code "traefik":{"rule":…}}; empty if it is not one that Traefik can read: that would
   * refuse the whole configuration.
   */
  static Optional<TraefikRouter> in(byte[] document, List<String> entryPoints) {
    ObjectCursor member = new ObjectCursor(document);
    if (!member.next(MEMBER) || !member.isStructure() || member.value()[0] != '{') {
      return Optional.empty();
    }
    try {
      return Optional.of(read(new ObjectCursor(member.value()), entryPoints));
    } catch (Malformed unreadable) {
      return Optional.empty();
    }
  }

  private static TraefikRouter read(ObjectCursor members, List<String> defaults) throws Malformed {
    String rule = "";
    List<String> entryPoints = defaults;
    List<String> middlewares = List.of();
    OptionalInt priority = OptionalInt.empty();
    Tls tls = Tls.NONE;
    while (members.next()) {
      switch (members.isNull() ? "" : members.name()) {
        case "rule" -> rule = members.isText() ? members.text() : "";
        case "entryPoints" -> entryPoints = names(members);
        case "middlewares" -> middlewares = names(members);
        case "priority" -> priority = OptionalInt.of(priority(members.text()));
        case "tls" -> tls = members.text().equals("true") ? Tls.DEFAULT : Tls.NONE;
        default -> {} // null, or of other programs
      }
    }
    check(TraefikTerms.isRule(rule));
    return new TraefikRouter(rule, entryPoints, middlewares, priority, tls);
  }

  private static int priority(String text) throws Malformed {
    check(PRIORITY.matcher(text).matches());
    return Integer.parseInt(text);
  }

  private static List<String> names(ObjectCursor member) throws Malformed {
    check(member.isStructure() && member.value()[0] == '[');
    List<String> names = new ArrayList<>();
    LooseCursor elements = LooseCursor.elements(member.value());
    while (elements.next()) {
      names.add(elements.text().orElse(""));
    }
    check(TraefikTerms.areNames(names));
    return names;
  }

  private static void check(boolean condition) throws Malformed {
    if (!condition) {
      throw new Malformed("no router that Traefik can read", 0, "");
    }
  }

  /** Writes the member of this router for a service with this key. Nothing in it is empty: Traefik would refuse the whole. */
  void write(String key, JsonWriter out) {
    out.string(key).ascii(":{\"rule\":").string(rule).ascii(",\"service\":").string(key);
    write("entryPoints", entryPoints, out);
    write("middlewares", middlewares, out);
    priority.ifPresent(number -> out.ascii(",\"priority\":").number(number));
    if (tls == Tls.DEFAULT) {
      out.ascii(",\"tls\":{}"); // the one element that may be empty
    }
    out.raw('}');
  }

  private static void write(String name, List<String> texts, JsonWriter out) {
    String separator = ",\"" + name + "\":[";
    for (String text : texts) {
      out.ascii(separator).string(text);
      separator = ",";
    }
    if (!texts.isEmpty()) {
      out.raw(']');
    }
  }
}
