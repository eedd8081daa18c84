package io.hera.wire;

import io.hera.json.LooseCursor;
import io.hera.json.Malformed;
import io.hera.json.ObjectCursor;
import io.hera.registry.InstanceAddress;
import io.hera.registry.InstanceStatus;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What balancers want to know of an instance, read from its document: one reading for all ways out but Prometheus, which also takes
 * ports in other notations ({@link TargetAddress}).
 *
 * @param address empty if the document has no valid host
 * @param ports the named ports; empty if the document has no member {@code ports}, or null there
 * @param weight 0..255, standard 1
 * @param zone empty if there is none
 * @param scalars the members at the top level that are neither objects nor arrays nor null: name → text
 */
public record InstanceReading(
    Optional<InstanceAddress> address,
    Optional<Map<String, Integer>> ports,
    InstanceStatus status,
    int weight,
    Set<String> tags,
    String zone,
    Map<String, String> scalars) {
  private static final String PORTS = "ports";
  private static final String STATUS = "status";
  private static final String WEIGHT = "weight";
  private static final String TAGS = "tags";
  private static final String ZONE = "zone";
  private static final int WEIGHT_MAX = 255;

  /** Copies, in the order of the document. */
  public InstanceReading {
    ports = ports.map(Map::copyOf);
    tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    scalars = Collections.unmodifiableMap(new LinkedHashMap<>(scalars));
  }

  /** Returns the port of this name; a document without {@code ports} has one port, whatever its name. */
  public OptionalInt port(String name) {
    Integer named = ports.map(all -> all.get(name)).orElse(null);
    if (named != null) {
      return OptionalInt.of(named);
    }
    return ports.isPresent() ? OptionalInt.empty() : port();
  }

  /** Returns the port that has no name. */
  public OptionalInt port() {
    return address.map(InstanceAddress::port).orElse(OptionalInt.empty());
  }

  /** Reads a checked document. */
  public static InstanceReading of(byte[] document) {
    Map<String, String> texts = new HashMap<>();
    Map<String, String> scalars = new LinkedHashMap<>();
    Optional<Map<String, Integer>> ports = Optional.empty();
    Set<String> tags = Set.of();
    ObjectCursor cursor = new ObjectCursor(document);
    while (cursor.next()) {
      if (cursor.isNamed(PORTS) && !cursor.isNull()) {
        ports = Optional.of(ports(cursor));
      } else if (cursor.isNamed(TAGS)) {
        tags = tags(cursor);
      }
      if (cursor.isText() || cursor.isNamed(InstanceAddress.PORT) || cursor.isNamed(WEIGHT)) {
        texts.put(cursor.name(), cursor.text());
      }
      if (!cursor.isStructure() && !cursor.isNull()) {
        scalars.put(cursor.name(), cursor.text());
      }
    }
    return new InstanceReading(
        InstanceAddress.of(texts),
        ports,
        InstanceStatus.of(texts.getOrDefault(STATUS, "")),
        weight(texts.getOrDefault(WEIGHT, "")),
        tags,
        texts.getOrDefault(ZONE, ""),
        scalars);
  }

  private static int weight(String text) {
    OptionalLong weight = IntegerText.of(text);
    return weight.isPresent() && weight.getAsLong() >= 0
        ? (int) Math.min(weight.getAsLong(), WEIGHT_MAX)
        : 1;
  }

  private static Map<String, Integer> ports(ObjectCursor member) {
    Map<String, Integer> ports = new HashMap<>();
    if (member.isStructure() && member.value()[0] == '{') {
      ObjectCursor cursor = new ObjectCursor(member.value());
      while (cursor.next()) {
        InstanceAddress.port(cursor.text()).ifPresent(port -> ports.put(cursor.name(), port));
      }
    }
    return ports;
  }

  private static Set<String> tags(ObjectCursor member) {
    Set<String> tags = new LinkedHashSet<>();
    if (member.isText()) {
      for (String tag : List.of(member.text().split(","))) {
        tags.add(tag.strip());
      }
    } else if (member.isStructure() && member.value()[0] == '[') {
      addTexts(LooseCursor.elements(member.value()), tags);
    }
    tags.remove("");
    return tags;
  }

  private static void addTexts(LooseCursor elements, Set<String> texts) {
    try {
      while (elements.next()) {
        elements.text().ifPresent(texts::add);
      }
    } catch (Malformed defect) {
      throw new IllegalStateException("the document was not checked", defect);
    }
  }
}
