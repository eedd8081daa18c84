package io.hera.config.source;

import io.hera.config.source.RawValue.Kind;
import io.hera.config.source.RawValue.Member;
import io.hera.config.source.RawValue.Place;
import io.hera.config.source.RawValue.Refused;
import io.hera.config.source.RawValue.Scalar;
import io.hera.config.source.RawValue.Section;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Flattens a section into a map by whole keys: {@code ttl.min: 5}, and {@code min: 5} under {@code ttl:}, are the same
 * setting. Unknown and repeated keys are faults.
 */
public final class Sections {
  /** A file with more faults was not written for this program: what its keys were meant to be takes time to find. */
  private static final int GUESSED_MAX = 100;

  private final String path;
  private final Collection<String> known;
  private final Set<String> groups;
  private final List<Fault> faults;
  private final Map<String, RawValue> found = new LinkedHashMap<>();
  private final Map<String, Place> places = new HashMap<>();

  private Sections(String path, Collection<String> known, List<Fault> faults) {
    this.path = path;
    this.known = known;
    this.groups = known.stream()
        .filter(key -> key.contains("."))
        .map(key -> key.substring(0, key.indexOf('.')))
        .collect(Collectors.toSet());
    this.faults = faults;
  }

  /**
   * Returns the values in {@code section} by whole key, and adds a fault for each value that is left out.
   *
   * @param path the section's own path with a dot at its end, for the faults; empty for a whole source
   * @param known all keys that the section may have, dotted if they may be grouped
   */
  public static Map<String, RawValue> flat(
      Section section, String path, Collection<String> known, List<Fault> faults) {
    Sections sections = new Sections(path, known, faults);
    section.members().forEach(member -> sections.add("", member));
    return sections.found;
  }

  /** Returns the rule that a second occurrence of a key breaks. */
  public static String repeated(Place first) {
    return "is set twice" + (first.line() > 0 ? ", first in line " + first.line() : "");
  }

  private void add(String prefix, Member member) {
    String name = prefix + member.key().text();
    Place place = member.key().place();
    if (known.contains(name)) {
      once(name, place);
      found.putIfAbsent(name, member.value());
    } else if (groups.contains(name)) {
      once(name, place);
      group(name, member.value());
    } else {
      faults.add(place.fault(path + name, "", unknown(name)));
    }
  }

  private String unknown(String name) {
    return faults.size() < GUESSED_MAX ? NearestKey.unknown(name, known) : NearestKey.UNKNOWN;
  }

  private void once(String name, Place place) {
    Place before = places.putIfAbsent(name, place);
    if (before != null) {
      faults.add(place.fault(path + name, "", repeated(before)));
    }
  }

  /** A section is empty if all its members are commented out. */
  static boolean isEmpty(RawValue value) {
    return value instanceof Scalar scalar && scalar.kind() == Kind.EMPTY;
  }

  private void group(String name, RawValue value) {
    if (value instanceof Section section) {
      section.members().forEach(member -> add(name + ".", member));
    } else if (!(value instanceof Refused) && !isEmpty(value)) {
      String rule = "is not a mapping of keys to values";
      faults.add(value.place().fault(path + name, value.shown(), rule));
    }
  }
}
