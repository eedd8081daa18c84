package io.hera.wire;

import io.hera.json.JsonChecker;
import io.hera.json.JsonRules;
import io.hera.json.JsonScanner;
import io.hera.json.Malformed;
import io.hera.registry.Checksum;
import io.hera.registry.ContentVersion;
import io.hera.registry.Delta;
import io.hera.registry.OriginDelta;
import io.hera.registry.ViewChecksum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The reader of one answer of version 2. Used once, by {@link V2Codec}. */
final class V2Reader {
  private static final Set<String> REQUIRED = Set.of("node", "life", "now", "liveness", "origins");
  private static final Pattern SUM = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern CONTENT = Pattern.compile("[0-9a-f]{32}");
  private static final int SECONDS_LENGTH_MAX = 24;

  /**
   * Size from which an answer of version 1.0, which has no {@code more}, may have been cut. It is
   * below the size of a page, as entries are estimated above their written size. Asking once too
   * often costs one empty answer.
   */
  private static final int CUT_BYTES_MIN = 256 << 10;

  private final JsonScanner in;
  private final JsonChecker values;
  private final V2Entries entries;
  private final List<OriginDelta> parts = new ArrayList<>();
  private final Map<String, Checksum> checksums = new HashMap<>();
  private final Map<String, Long> held = new HashMap<>();
  private final Set<String> can = new HashSet<>();
  private String node = "";
  private String life = "";
  private long sinceMillis;
  private String cluster = "";
  private String cfg = "";
  private String membersHash = "";
  private long nowMillis;
  private long livenessMillis;
  private boolean more;
  private Optional<ViewChecksum> view = Optional.empty();

  V2Reader(byte[] body, int entriesMax) {
    in = new JsonScanner(body);
    values = new JsonChecker(in, EntryRules.DEPTH_MAX, JsonRules.RFC_8259);
    entries = new V2Entries(body, in, values, entriesMax);
    more = body.length >= CUT_BYTES_MIN;
  }

  Decoded<V2Answer> read() throws Malformed {
    EntryRules.expectObject(in);
    Set<String> seen = members(this::member);
    in.expectEnd();
    if (!seen.containsAll(REQUIRED)) {
      throw in.fail("node, life, now, liveness or origins is missing");
    }
    Handshake handshake = new Handshake(new NodeId(node, life), sinceMillis, cluster, can, cfg);
    Delta delta = new Delta(parts, more);
    V2Answer answer = new V2Answer(
        handshake, nowMillis, livenessMillis, membersHash, delta, held, checksums, view);
    return new Decoded<>(answer, entries.quarantined());
  }

  private interface Member {
    void read(String name) throws Malformed;
  }

  /** Reads an object member by member; returns the names of the members. */
  private Set<String> members(Member member) throws Malformed {
    Set<String> seen = new HashSet<>();
    in.expect('{');
    if (in.accept('}')) {
      return seen;
    }
    do {
      String name = in.memberName();
      if (!seen.add(name)) {
        throw in.fail("a key appears twice");
      }
      member.read(name);
    } while (in.more('}'));
    return seen;
  }

  private void member(String name) throws Malformed {
    switch (name) {
      case "node" -> node = node();
      case "life" -> life = life();
      case "since" -> sinceMillis = in.natural();
      case "cluster" -> cluster = text(Handshake::isClusterOrEmpty, "invalid cluster name");
      case "can" -> can();
      case "cfg" -> cfg = text(Handshake::isHashOrEmpty, "cfg is not a hash");
      case "members" -> membersHash = text(Handshake::isHashOrEmpty, "members is not a hash");
      case "now" -> nowMillis = in.natural();
      case "liveness" -> livenessMillis = millis();
      case "origins" -> members(this::part);
      case "more" -> more = in.bool();
      case "held" -> members(this::held);
      case "checksums" -> members(this::checksum);
      case "view" -> view();
      default -> values.value(1);
    }
  }

  private String node() throws Malformed {
    return text(name -> Names.flawOfNode(name).isEmpty(), "invalid node name");
  }

  private String life() throws Malformed {
    return text(Names::isLife, "invalid life id");
  }

  private String text(Predicate<String> rule, String flaw) throws Malformed {
    String text = in.text();
    if (!rule.test(text)) {
      throw in.fail(flaw);
    }
    return text;
  }

  /** Reads names of rules; a later version may have names that this one does not accept. */
  private void can() throws Malformed {
    in.expect('[');
    if (in.accept(']')) {
      return;
    }
    do {
      String rule = in.text();
      if (Handshake.isRule(rule) && can.size() < Handshake.CAN_MAX) {
        can.add(rule);
      }
    } while (in.more(']'));
  }

  private void held(String origin) throws Malformed {
    held.put(origin, in.natural());
    if (held.size() > GossipLimits.ORIGINS_MAX) {
      throw in.fail("the answer names more than " + GossipLimits.ORIGINS_MAX + " origins");
    }
  }

  /**
   * Reads seconds with or without a fraction. An exponent is refused: it could denote a number of
   * any size.
   */
  private long millis() throws Malformed {
    String seconds = in.numberText(SECONDS_LENGTH_MAX);
    if (seconds.chars().anyMatch(c -> c == 'e' || c == 'E' || c == '-')) {
      throw in.fail("the liveness is not a number of seconds");
    }
    BigDecimal millis = new BigDecimal(seconds).movePointRight(3).setScale(0, RoundingMode.DOWN);
    if (millis.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw in.fail("the liveness is too large");
    }
    return millis.longValue();
  }

  private void checksum(String origin) throws Malformed {
    in.expect('[');
    long horizon = in.natural();
    in.expect(',');
    String hex = in.text();
    in.expect(']');
    if (!SUM.matcher(hex).matches()) {
      throw in.fail("a checksum is not 16 hexadecimal digits");
    }
    checksums.put(origin, new Checksum(horizon, HexFormat.fromHexDigitsToLong(hex)));
  }

  private void view() throws Malformed {
    in.expect('[');
    String horizons = in.text();
    in.expect(',');
    String content = in.text();
    in.expect(']');
    if (!SUM.matcher(horizons).matches() || !CONTENT.matcher(content).matches()) {
      throw in.fail("view is not 16 and 32 hexadecimal digits");
    }
    view = Optional.of(new ViewChecksum(
        HexFormat.fromHexDigitsToLong(horizons),
        new ContentVersion(
            HexFormat.fromHexDigitsToLong(content, 0, 16),
            HexFormat.fromHexDigitsToLong(content, 16, 32))));
  }

  private void part(String origin) throws Malformed {
    Part part = new Part();
    members(part::member);
    if (part.from < 0 || part.to < 0) {
      throw in.fail("from or to is missing");
    }
    if (part.from > part.to) {
      throw in.fail("from is above to");
    }
    parts.add(
        new OriginDelta(origin, part.from, part.to, part.reset, part.read.sorted(), part.restored));
  }

  /** One origin's part while it is read; its members come in any order. */
  private final class Part {
    long from = -1;
    long to = -1;
    boolean reset;
    boolean restored;
    final V2Entries.Read read = new V2Entries.Read();

    void member(String name) throws Malformed {
      switch (name) {
        case "from" -> from = in.natural();
        case "to" -> to = in.natural();
        case "reset" -> reset = in.bool();
        case "restored" -> restored = in.bool();
        case "entries" -> entries.registrations(read);
        case "tombstones" -> entries.tombstones(read);
        case "system" -> entries.drains(read);
        case "system_tombstones" -> entries.drainTombstones(read);
        default -> values.value(1);
      }
    }
  }
}
