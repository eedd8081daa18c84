package io.hera.config;

import io.hera.access.Permission;
import io.hera.access.Permission.Ability;
import io.hera.access.ServicePattern;
import io.hera.access.ServicePattern.Match;
import io.hera.json.Malformed;
import io.hera.wire.Names;
import io.hera.wire.Percent;

/** A permission as an access file has it: {@code write billing}, {@code read stock-*}, {@code metrics}. */
public final class PermissionText {
  private static final String STAR_WITHIN =
      "has a * that is not at its end; %2A is the character in a name";

  private PermissionText() {}

  /** Returns the permission; the reason of a failure is the predicate of a sentence about the text. */
  public static Permission parse(String text) throws Malformed {
    String[] words = text.strip().split(" +", -1);
    if (words.length == 1) {
      return ability(words[0]);
    }
    boolean reads = words[0].equals("read");
    if (words.length != 2 || !(reads || words[0].equals("write"))) {
      throw unknown();
    }
    ServicePattern services = pattern(words[1]);
    return reads ? new Permission.Read(services) : new Permission.Write(services);
  }

  private static Ability ability(String word) throws Malformed {
    return switch (word) {
      case "metrics" -> Ability.METRICS;
      case "operate" -> Ability.OPERATE;
      case "peer" -> Ability.PEER;
      default -> throw unknown();
    };
  }

  private static Malformed unknown() {
    return new Malformed(
        "is not a permission: read SERVICE, write SERVICE, metrics, operate or peer", 0);
  }

  /** Reads a pattern as a path is read: decoded once, after the star has been taken off its end. */
  private static ServicePattern pattern(String raw) throws Malformed {
    boolean prefix = raw.endsWith("*");
    String written = prefix ? raw.substring(0, raw.length() - 1) : raw;
    if (written.contains("*")) {
      throw new Malformed(STAR_WITHIN, 0);
    }
    if (written.isEmpty()) {
      return ServicePattern.ALL;
    }
    String decoded = decoded(written);
    String flaw = Names.flawOfService(prefix ? decoded + "a" : decoded).orElse("");
    if (!flaw.isEmpty()) {
      throw noService(flaw);
    }
    return new ServicePattern(decoded, prefix ? Match.PREFIX : Match.EXACT);
  }

  private static String decoded(String written) throws Malformed {
    try {
      return Percent.decode(written);
    } catch (Malformed malformed) {
      throw noService(malformed.reason());
    }
  }

  private static Malformed noService(String flaw) {
    return new Malformed("does not name a service: " + flaw, 0);
  }
}
