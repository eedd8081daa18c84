package io.hera;

import io.hera.Setting.Kind;
import io.hera.Setting.Member;
import io.hera.Setting.Place;
import io.hera.Setting.Refused;
import io.hera.Setting.Scalar;
import io.hera.Setting.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of all settings, and how a source's sections become one flat map of them: {@code ttl.min: 5} and
 * {@code min: 5} under {@code ttl:} are the same. Unknown and repeated keys are faults.
 */
final class ConfigKeys {
  /** Every key, in the order in which they are documented. */
  static final List<String> ALL = List.of(
      "name",
      "port",
      "host",
      "liveness",
      "gossip-interval",
      "cluster",
      "max-skew",
      "recovery-timeout",
      "ttl.min",
      "ttl.max",
      "volatile-keys",
      "metrics",
      "limits.request-line-bytes",
      "limits.header-bytes",
      "limits.document-bytes",
      "limits.document-depth",
      "limits.batch-bytes",
      "limits.body-timeout",
      "limits.idle-timeout",
      "limits.services",
      "limits.instances",
      "limits.total-bytes",
      "limits.tombstones");

  /** Names a YAML file; read by {@link MainVerticle} and allowed in options only. */
  static final String CONFIG_FILE = "config-file";

  private static final Set<String> GROUPS = Set.of("ttl", "limits");

  private final List<Fault> faults;
  private final Map<String, Setting> found = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();

  private ConfigKeys(List<Fault> faults) {
    this.faults = faults;
  }

  /** The settings in {@code source} by their whole names; what is wrong is added to {@code faults}. */
  static Map<String, Setting> flat(Section source, List<Fault> faults) {
    ConfigKeys keys = new ConfigKeys(faults);
    source.members().forEach(member -> keys.add("", member));
    return keys.found;
  }

  private void add(String prefix, Member member) {
    String name = prefix + member.key().text();
    Place place = member.key().place();
    if (ALL.contains(name)) {
      once(name, place);
      found.putIfAbsent(name, member.value());
    } else if (GROUPS.contains(name)) {
      once(name, place);
      group(name, member.value());
    } else {
      faults.add(place.fault(name, "", NearestKey.unknown(name, ALL)));
    }
  }

  private void once(String name, Place place) {
    Place before = places.putIfAbsent(name, place);
    if (before != null) {
      faults.add(place.fault(name, "", repeated(before)));
    }
  }

  /** The rule that a second key breaks. */
  static String repeated(Place first) {
    return "is here twice" + (first.line() > 0 ? ", first in line " + first.line() : "");
  }

  private void group(String name, Setting value) {
    if (value instanceof Section section) {
      section.members().forEach(member -> add(name + ".", member));
    } else if (!(value instanceof Refused)) {
      String shown =
          value instanceof Scalar scalar && scalar.kind() != Kind.EMPTY ? scalar.text() : "";
      faults.add(value.place().fault(name, shown, "is no mapping of keys to values"));
    }
  }
}
