package io.hera.config.source;

import io.hera.config.source.RawValue.Kind;
import io.hera.config.source.RawValue.Member;
import io.hera.config.source.RawValue.Place;
import io.hera.config.source.RawValue.Refused;
import io.hera.config.source.RawValue.Scalar;
import io.hera.config.source.RawValue.Section;
import io.hera.wire.Address;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The type of the setting {@code cluster}: a mapping of every node's name to its host and ports, or {@code dns:NAME:PORT}. */
final class ClusterType implements ValueType<ClusterNodes> {
  private static final List<String> NODE_KEYS = List.of("host", "port", "tls-port");

  @Override
  public Optional<ClusterNodes> read(String key, RawValue raw, List<Fault> faults) {
    if (raw instanceof Section section && !section.members().isEmpty()) {
      return new Reader(key, faults).read(section).map(ClusterNodes.Listed::new);
    }
    if (raw instanceof Scalar scalar && DnsEntry.isMeant(scalar.text())) {
      return found(key, scalar, faults);
    }
    if (!(raw instanceof Refused)) {
      String rule = raw instanceof Section || Sections.isEmpty(raw)
          ? "has no nodes"
          : "is not a mapping of node names to host and port, nor " + DnsEntry.FORM;
      faults.add(raw.place().fault(key, raw.shown(), rule));
    }
    return Optional.empty();
  }

  private static Optional<ClusterNodes> found(String key, Scalar entry, List<Fault> faults) {
    Optional<String> broken = DnsEntry.broken(entry.text());
    broken.ifPresent(rule -> faults.add(entry.place().fault(key, entry.text(), rule)));
    return broken.isPresent() ? Optional.empty() : Optional.of(DnsEntry.parse(entry.text()));
  }

  @Override
  public Optional<String> broken(ClusterNodes value) {
    return value
        .dns()
        .map(DnsEntry::text)
        .flatMap(DnsEntry::broken)
        .or(() -> value.listed().keySet().stream()
            .flatMap(name -> HostNames.badName(name).stream())
            .findFirst());
  }

  @Override
  public String text(ClusterNodes value) {
    return value.dns().map(DnsEntry::text).orElseGet(() -> value.listed().toString());
  }

  @Override
  public Map<String, String> texts(String key, ClusterNodes value) {
    Map<String, String> texts = new LinkedHashMap<>();
    value.dns().ifPresent(at -> texts.put(key, DnsEntry.text(at)));
    value.listed().forEach((name, at) -> texts.put(key + "." + name, at.toString()));
    return texts;
  }

  @Override
  public String allowed() {
    return "names (" + ValueTypes.NODE_NAME.allowed() + ") with host (" + ValueTypes.HOST.allowed()
        + ") and port (" + ValueTypes.PORT.allowed() + "), and perhaps tls-port; or "
        + DnsEntry.FORM;
  }

  /** Reads one cluster. Used once. */
  private static final class Reader {
    private final String key;
    private final List<Fault> faults;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, NodeAddress> nodes = new TreeMap<>();

    Reader(String key, List<Fault> faults) {
      this.key = key;
      this.faults = faults;
    }

    /** Returns the cluster; empty if any node is invalid, because a part of a cluster would cause misleading faults. */
    Optional<Map<String, NodeAddress>> read(Section cluster) {
      int before = faults.size();
      cluster.members().forEach(this::node);
      sharedAddresses();
      return faults.size() == before ? Optional.of(nodes) : Optional.empty();
    }

    private void node(Member member) {
      String name = member.key().text();
      Place place = member.key().place();
      Optional<String> bad = member.key().kind() == Kind.TEXT
          ? HostNames.badName(name)
          : Optional.of("is not text in YAML, write it in quotes");
      bad.ifPresent(rule -> faults.add(place.fault(key, name, rule)));
      Place before = places.putIfAbsent(name, place);
      if (before != null) {
        faults.add(place.fault(key + "." + name, "", Sections.repeated(before)));
      }
      address(key + "." + name, member.value())
          .ifPresent(address -> nodes.putIfAbsent(name, address));
    }

    private Optional<NodeAddress> address(String path, RawValue node) {
      if (node instanceof Section section) {
        Map<String, RawValue> values = Sections.flat(section, path + ".", NODE_KEYS, faults);
        Optional<String> host = part(path, "host", ValueTypes.HOST, values, section);
        Optional<Integer> port = part(path, "port", ValueTypes.PORT, values, section);
        Optional<Integer> tlsPort = Optional.ofNullable(values.get("tls-port"))
            .flatMap(raw -> ValueTypes.PORT.read(path + ".tls-port", raw, faults));
        return host.flatMap(name -> port.map(number -> new Address(name, number)))
            .map(clear ->
                new NodeAddress(clear, tlsPort.map(OptionalInt::of).orElse(OptionalInt.empty())));
      }
      if (!(node instanceof Refused)) {
        String rule = "is not a mapping with host and port";
        faults.add(node.place().fault(path, node.shown(), rule));
      }
      return Optional.empty();
    }

    private <T> Optional<T> part(
        String path, String name, ValueType<T> type, Map<String, RawValue> values, Section node) {
      RawValue raw = values.get(name);
      if (raw == null) {
        faults.add(node.place().fault(path, "", "has no " + name));
        return Optional.empty();
      }
      return type.read(path + "." + name, raw, faults);
    }

    /** Two nodes cannot have one IP address and port. One host name may stand for several machines. */
    private void sharedAddresses() {
      Map<String, String> owners = new HashMap<>();
      nodes.forEach((name, address) -> {
        String owner = owners.putIfAbsent(HostNames.plain(address.clear()), name);
        if (owner != null && HostNames.isAddress(HostNames.plain(address.host()))) {
          Place place = places.getOrDefault(name, new Place("", 0));
          faults.add(
              place.fault(key + "." + name, address.toString(), "is also the address of " + owner));
        }
      });
    }
  }
}
