package io.hera;

import io.hera.Setting.Kind;
import io.hera.Setting.Member;
import io.hera.Setting.Place;
import io.hera.Setting.Refused;
import io.hera.Setting.Scalar;
import io.hera.Setting.Section;
import io.hera.wire.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the setting {@code cluster}: name to host and port of every node. */
final class ClusterReader {
  private static final String KEY = "cluster";
  private static final List<String> NODE_KEYS = List.of("host", "port");

  private final List<Fault> faults;
  private final Map<String, Place> places = new HashMap<>();
  private final Map<String, Address> nodes = new TreeMap<>();

  private ClusterReader(List<Fault> faults) {
    this.faults = faults;
  }

  /** Every node that is right; what is wrong is added to {@code faults}. */
  static Map<String, Address> read(Setting cluster, List<Fault> faults) {
    ClusterReader reader = new ClusterReader(faults);
    reader.cluster(cluster);
    reader.sameAddress();
    return reader.nodes;
  }

  /**
   * What is suspicious and yet allowed, one line each: two nodes under one host name and port. A name may stand for several
   * machines, and the placeholders of an example are often all the same.
   */
  static List<String> doubts(Map<String, Address> cluster) {
    Map<String, String> seen = new HashMap<>();
    List<String> doubts = new ArrayList<>();
    cluster.forEach((name, address) -> {
      String other = seen.putIfAbsent(same(address), name);
      if (other != null) {
        doubts.add(name + " and " + other + " are both at " + address);
      }
    });
    return doubts;
  }

  private void cluster(Setting cluster) {
    if (cluster instanceof Refused) {
      return;
    }
    if (cluster instanceof Section section && !section.members().isEmpty()) {
      section.members().forEach(this::node);
      return;
    }
    String value = cluster instanceof Scalar scalar ? scalar.text() : "";
    String rule = value.isEmpty() ? "has no nodes" : "is no mapping of node names to host and port";
    faults.add(cluster.place().fault(KEY, value, rule));
  }

  private void node(Member member) {
    String name = member.key().text();
    Place place = member.key().place();
    Optional<String> bad = member.key().kind() == Kind.TEXT
        ? NodeNames.badName(name)
        : Optional.of("is not text to YAML, write it in quotes");
    bad.ifPresent(rule -> faults.add(place.fault(KEY, name, rule)));
    Place before = places.putIfAbsent(name, place);
    if (before != null) {
      faults.add(place.fault(KEY + "." + name, "", ConfigKeys.repeated(before)));
    }
    address(name, member.value())
        .filter(address -> bad.isEmpty())
        .ifPresent(address -> nodes.putIfAbsent(name, address));
  }

  private Optional<Address> address(String name, Setting node) {
    String path = KEY + "." + name;
    if (node instanceof Refused) {
      return Optional.empty();
    }
    if (!(node instanceof Section section)) {
      String value = node instanceof Scalar scalar ? scalar.text() : "";
      faults.add(node.place().fault(path, value, "is no mapping with host and port"));
      return Optional.empty();
    }
    Map<String, Setting> settings = members(path + ".", section);
    SettingValues values = new SettingValues(settings, path + ".", faults);
    NODE_KEYS.stream()
        .filter(key -> !settings.containsKey(key))
        .forEach(key -> faults.add(node.place().fault(path, "", "has no " + key)));
    int port = values.count("port", 0, ConfigReader.PORT);
    return host(values, "host").filter(host -> port > 0).map(host -> new Address(host, port));
  }

  /** A host name or address that is right. */
  static Optional<String> host(SettingValues values, String key) {
    Optional<String> host = values.text(key).map(Address::withoutBrackets);
    Optional<String> bad = host.flatMap(NodeNames::badHost);
    bad.ifPresent(rule -> values.fault(key, rule));
    return bad.isEmpty() ? host : Optional.empty();
  }

  private Map<String, Setting> members(String prefix, Section section) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    for (Member member : section.members()) {
      String key = member.key().text();
      Place place = member.key().place();
      if (!NODE_KEYS.contains(key)) {
        faults.add(place.fault(prefix + key, "", NearestKey.unknown(key, NODE_KEYS)));
      } else if (settings.putIfAbsent(key, member.value()) != null) {
        faults.add(place.fault(prefix + key, "", "is here twice"));
      }
    }
    return settings;
  }

  private void sameAddress() {
    Map<String, String> seen = new HashMap<>();
    nodes.forEach((name, address) -> {
      String other = seen.putIfAbsent(same(address), name);
      if (other != null && NodeNames.isAddress(NodeNames.plain(address.host()))) {
        faults.add(places
            .getOrDefault(name, new Place("", 0))
            .fault(KEY + "." + name, address.toString(), "is the address of " + other + " too"));
      }
    });
  }

  private static String same(Address address) {
    return NodeNames.plain(address.host()) + " " + address.port();
  }
}
