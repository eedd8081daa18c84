package io.hera.dns;

import io.hera.registry.InstanceAddress;
import io.hera.store.InstanceDocument;
import io.hera.wire.InstanceReading;
import io.hera.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.TextParseException;

/**
 * An instance with its records. Immutable.
 *
 * @param label of its own name, as {@code i-web-1}
 * @param tags as labels
 * @param zone key of the labels of its zone; empty if it has none
 * @param weight 0..255
 * @param address its A or AAAA record; empty if its host is a name
 * @param alias its CNAME record; empty if its host is an address
 * @param port its SRV record; empty if it has no port
 * @param ports its SRV records by the names of ports, as labels; empty if its port has any name
 */
record Target(
    String label,
    Set<String> tags,
    String zone,
    int weight,
    Optional<Rr> address,
    Optional<Rr> alias,
    Optional<Rr> port,
    Optional<Map<String, Rr>> ports,
    Rr text) {
  private static final Pattern PLAIN_ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,59}[a-z0-9])?");
  private static final int HASH_BYTES = 16;

  /** Why an instance is left out. */
  enum Lack {
    /** Its document has no valid host. */
    NO_ADDRESS,
    /** It is not in SRV records: its document has no valid port. */
    NO_PORT,
    /** Its service has no name in DNS, or the name of the instance would be too long. */
    BAD_NAME,
    /** Another service has the same name but for case. */
    AMBIGUOUS,
    /** Its service has more than 20,000 instances: those that are first in byte order are in DNS. */
    TOO_MANY
  }

  /**
   * Returns the instance with its records; empty if its document has no host.
   *
   * @param service the name of its service in DNS, under which its own name is
   * @throws NameTooLongException if its own name is too long
   */
  static Optional<Target> of(Name service, InstanceDocument instance, InstanceReading reading)
      throws NameTooLongException {
    if (reading.address().isEmpty()) {
      return Optional.empty();
    }
    InstanceAddress at = reading.address().get();
    String label = label(instance.id());
    Optional<Rr> address = at.ip().map(Rdata::address);
    Name named = address.isPresent() ? Name.concatenate(plain(label), service) : host(at.host());
    Map<String, Rr> ports = new TreeMap<>();
    reading
        .ports()
        .ifPresent(all -> all.forEach((name, port) -> ports.putIfAbsent(
            Labels.one(name), Rdata.service(reading.weight(), port, named, address))));
    return Optional.of(new Target(
        label,
        reading.tags().stream().map(Labels::one).collect(Collectors.toUnmodifiableSet()),
        Labels.of(reading.zone()).map(Labels::key).orElse(""),
        reading.weight(),
        address,
        address.isPresent() ? Optional.empty() : Optional.of(Rdata.alias(named)),
        reading.port().isPresent()
            ? Optional.of(
                Rdata.service(reading.weight(), reading.port().getAsInt(), named, address))
            : Optional.empty(),
        reading.ports().map(all -> Map.copyOf(ports)),
        Rdata.text(instance.id(), reading.scalars())));
  }

  /** Returns its SRV record for a named port. */
  Optional<Rr> port(String name) {
    return ports.isPresent() ? Optional.ofNullable(ports.get().get(name)) : port;
  }

  /** Returns the label of an instance: its id, if that is one in lower case, else a hash of it. */
  static String label(String id) {
    return PLAIN_ID.matcher(id).matches() ? "i-" + id : "h-" + hash(id);
  }

  private static String hash(String id) {
    return Sha256.hex(id.getBytes(StandardCharsets.UTF_8), HASH_BYTES);
  }

  private static Name plain(String label) {
    return name(label, null);
  }

  private static Name host(String host) {
    return name(host, Name.root);
  }

  private static Name name(String text, @Nullable Name origin) {
    try {
      return Name.fromString(text, origin);
    } catch (TextParseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
