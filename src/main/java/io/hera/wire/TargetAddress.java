package io.hera.wire;

import io.hera.json.ObjectCursor;
import io.hera.registry.InstanceAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The host and port in a document, for those that need both: Prometheus, and people. It is the {@link InstanceAddress}, with a port in
 * any notation for numbers: some languages write 8080.0.
 *
 * @param address the address; its text has an IPv6 address in brackets
 * @param members the members of the document that give it
 */
public record TargetAddress(Address address, Set<String> members) {
  public TargetAddress {
    members = Set.copyOf(members);
  }

  /** Why a document has no such address. */
  public enum Lack {
    /** It has no valid host. */
    NO_ADDRESS,
    /** It has no valid port. */
    NO_PORT
  }

  /** Returns the address in a checked document; empty if the document has none. */
  public static Optional<TargetAddress> of(byte[] document) {
    return reading(document)
        .filter(found -> found.port().isPresent())
        .map(found ->
            new TargetAddress(new Address(found.host(), found.port().getAsInt()), found.members()));
  }

  /** Returns why a document has no address. */
  public static Lack lack(byte[] document) {
    return reading(document).isPresent() ? Lack.NO_PORT : Lack.NO_ADDRESS;
  }

  private static Optional<InstanceAddress> reading(byte[] document) {
    Map<String, String> members = new HashMap<>();
    ObjectCursor cursor = new ObjectCursor(document);
    while (cursor.next()) {
      if (cursor.isNamed(InstanceAddress.PORT)) {
        members.put(InstanceAddress.PORT, digits(cursor.text()));
      } else if (cursor.isText()) {
        members.put(cursor.name(), cursor.text());
      }
    }
    return InstanceAddress.of(members);
  }

  private static String digits(String port) {
    OptionalLong integer = IntegerText.of(port);
    return integer.isPresent() ? Long.toString(integer.getAsLong()) : "";
  }
}
