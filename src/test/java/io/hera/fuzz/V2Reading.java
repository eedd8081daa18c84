package io.hera.fuzz;

import static io.hera.fuzz.Reading.items;
import static io.hera.fuzz.Reading.require;
import static io.hera.fuzz.Reading.text;

import io.hera.fuzz.Reading.Refused;
import io.hera.json.StrictJson.Items;
import io.hera.json.StrictJson.Members;
import io.hera.json.StrictJson.Scalar;
import io.hera.json.StrictJson.Value;
import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Tombstone;
import io.hera.wire.Decoded;
import io.hera.wire.Handshake;
import io.hera.wire.Names;
import io.hera.wire.NodeId;
import io.hera.wire.V2Answer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The oracle for answers of version 2: it applies the rules of the format to the tree of Jackson.
 * Used once.
 */
final class V2Reading {
  private static final Set<String> OF_ANSWER = Set.of("node", "life", "now", "liveness", "origins");
  private static final Set<String> KNOWN = Set.of(
      "node",
      "life",
      "since",
      "cluster",
      "can",
      "cfg",
      "members",
      "now",
      "liveness",
      "origins",
      "more",
      "held");
  private static final Set<String> OF_PART = Set.of("from", "to", "reset", "entries", "tombstones");
  private static final String HASH = "[0-9a-f]{0,32}";
  private static final int CAN_MAX = 32;
  private static final Items NONE = new Items(List.of(), 1);
  private static final Scalar NO = new Scalar("false");
  private static final Scalar YES = new Scalar("true");

  private int entries;
  private int quarantined;

  /** Returns the answer; empty if it must be refused. */
  Optional<Decoded<V2Answer>> read(Members answer) {
    try {
      return Optional.of(new Decoded<>(answer(answer.members()), quarantined));
    } catch (Refused refused) {
      return Optional.empty();
    }
  }

  private V2Answer answer(Map<String, Value> members) throws Refused {
    require(members.keySet().containsAll(OF_ANSWER), "a member is missing");
    unknownAreShallow(members, KNOWN);
    String node = text(members.get("node"));
    require(Names.flawOfNode(node).isEmpty(), "node");
    String life = text(members.get("life"));
    require(life.matches("[!-:<-~]{1,64}"), "life");
    List<OriginDelta> parts = new ArrayList<>();
    require(members.get("origins") instanceof Members, "origins");
    for (var part : ((Members) members.get("origins")).members().entrySet()) {
      require(part.getValue() instanceof Members, "part");
      parts.add(part(part.getKey(), ((Members) part.getValue()).members()));
    }
    long liveness = liveness(members.get("liveness"));
    Delta delta = new Delta(parts, truth(members.getOrDefault("more", NO)));
    return new V2Answer(
        handshake(new NodeId(node, life), members),
        natural(members.get("now")),
        liveness,
        textOrEmpty(members, "members", HASH),
        delta,
        held(members),
        Map.of(),
        Optional.empty());
  }

  private static Handshake handshake(NodeId node, Map<String, Value> members) throws Refused {
    Set<String> can = new HashSet<>();
    for (Value rule : items(members.getOrDefault("can", NONE))) {
      if (text(rule).matches("[a-z0-9-]{1,16}") && can.size() < CAN_MAX) {
        can.add(text(rule));
      }
    }
    long since = members.containsKey("since") ? natural(members.get("since")) : 0;
    String cluster = textOrEmpty(members, "cluster", "[A-Za-z0-9._:-]{0,64}");
    return new Handshake(node, since, cluster, can, textOrEmpty(members, "cfg", HASH));
  }

  private static Map<String, Long> held(Map<String, Value> members) throws Refused {
    Map<String, Long> held = new HashMap<>();
    if (members.containsKey("held")) {
      require(members.get("held") instanceof Members, "held");
      for (var origin : ((Members) members.get("held")).members().entrySet()) {
        held.put(origin.getKey(), natural(origin.getValue()));
      }
    }
    require(held.size() <= 1_000, "held");
    return held;
  }

  private static String textOrEmpty(Map<String, Value> members, String name, String pattern)
      throws Refused {
    String text = members.containsKey(name) ? text(members.get(name)) : "";
    require(text.matches(pattern), name);
    return text;
  }

  private OriginDelta part(String origin, Map<String, Value> members) throws Refused {
    unknownAreShallow(members, OF_PART);
    require(members.containsKey("from") && members.containsKey("to"), "from or to");
    long from = natural(members.get("from"));
    long to = natural(members.get("to"));
    boolean reset = truth(members.getOrDefault("reset", NO));
    require(from <= to, "from is above to");
    List<Entry> kept = new ArrayList<>();
    for (Value entry : items(members.getOrDefault("entries", NONE))) {
      keep(registration(elements(entry, 6)), kept);
    }
    for (Value entry : items(members.getOrDefault("tombstones", NONE))) {
      keep(tombstone(elements(entry, 4)), kept);
    }
    kept.sort(Comparator.comparingLong(Entry::version));
    return new OriginDelta(origin, from, to, reset, kept);
  }

  private void keep(Optional<? extends Entry> entry, List<Entry> kept) {
    entry.ifPresentOrElse(kept::add, () -> quarantined++);
  }

  /** Returns the elements of an entry, after a check of the depth of unknown ones. */
  private List<Value> elements(Value entry, int known) throws Refused {
    require(++entries <= V2Target.ENTRIES_MAX, "too many entries");
    List<Value> elements = items(entry);
    require(elements.size() >= known, "elements");
    for (Value more : elements.subList(known, elements.size())) {
      require(more.depth() <= Reading.DEPTH_MAX, "depth");
    }
    return elements;
  }

  private static Optional<Registration> registration(List<Value> elements) throws Refused {
    Optional<Key> key = Reading.key(text(elements.get(0)), text(elements.get(1)));
    Optional<byte[]> document = Reading.document(elements.get(2));
    long version = natural(elements.get(3));
    long age = natural(elements.get(4));
    long ttl = natural(elements.get(5));
    return key.isEmpty() || document.isEmpty() || ttl == 0
        ? Optional.empty()
        : Optional.of(new Registration(key.get(), document.get(), version, age, ttl));
  }

  private static Optional<Tombstone> tombstone(List<Value> elements) throws Refused {
    Optional<Key> key = Reading.key(text(elements.get(0)), text(elements.get(1)));
    long version = natural(elements.get(2));
    long age = natural(elements.get(3));
    return key.map(named -> new Tombstone(named, version, age));
  }

  private static boolean truth(Value value) throws Refused {
    require(value.equals(NO) || value.equals(YES), "neither true nor false");
    return value.equals(YES);
  }

  private static long natural(Value value) throws Refused {
    OptionalLong natural = Reading.natural(value);
    require(natural.isPresent(), "not a natural number");
    return natural.getAsLong();
  }

  /** Converts seconds to milliseconds. */
  private static long liveness(Value value) throws Refused {
    require(
        value instanceof Scalar scalar && scalar.text().matches("(?=.{1,24}$)[0-9]+(\\.[0-9]+)?"),
        "liveness");
    BigDecimal millis = new BigDecimal(((Scalar) value).text()).scaleByPowerOfTen(3);
    require(millis.toBigInteger().bitLength() < 64, "liveness");
    return millis.setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  private static void unknownAreShallow(Map<String, Value> members, Set<String> known)
      throws Refused {
    for (var member : members.entrySet()) {
      boolean skipped = !known.contains(member.getKey());
      require(!skipped || member.getValue().depth() <= Reading.DEPTH_MAX, "depth");
    }
  }
}
