package io.hera.http;

import io.hera.json.Malformed;
import io.hera.wire.Names;
import io.hera.wire.Percent;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The path of a request of a client of Eureka, below the prefix. The right that a request needs and its reply go by the same reading
 * of it.
 *
 * @param segments decoded; the empty ones at the end are left out
 */
public record EurekaPath(List<String> segments) {
  private static final String PREFIX = "/eureka";
  private static final String RESERVED = "/_eureka";
  private static final String VERSION = "v2";
  private static final String APPS = "apps";

  public EurekaPath {
    segments = List.copyOf(segments);
  }

  /** Reads the path of a target. */
  public static EurekaPath of(Target target) throws ProblemException {
    String path = target instanceof Target.Eureka eureka ? eureka.path() : "";
    List<String> segments = new ArrayList<>();
    for (String raw : path.split("/", -1)) {
      segments.add(decoded(raw));
    }
    while (!segments.isEmpty() && segments.get(segments.size() - 1).isEmpty()) {
      segments.remove(segments.size() - 1);
    }
    if (!segments.isEmpty() && segments.get(0).isEmpty()) {
      segments.remove(0);
    }
    if (!segments.isEmpty() && segments.get(0).equals(VERSION)) {
      segments.remove(0);
    }
    if (segments.contains("")) {
      throw new ProblemException(Problem.invalidPath("a segment of the path is empty"));
    }
    return new EurekaPath(segments);
  }

  private static String decoded(String raw) throws ProblemException {
    try {
      return Percent.decode(raw);
    } catch (Malformed malformed) {
      throw new ProblemException(Problem.invalidPath("the path: " + malformed.reason()));
    }
  }

  /** Returns whether the first segment is this word, and so many segments follow. */
  public boolean is(String word, int following) {
    return segments.size() == following + 1 && segments.get(0).equals(word);
  }

  /** Returns a segment. */
  public String segment(int index) {
    return segments.get(index);
  }

  /** Returns the service that the application in the path is; empty if there is none. */
  public Optional<String> service() throws ProblemException {
    if (segments.size() < 2 || !segments.get(0).equals(APPS)) {
      return Optional.empty();
    }
    String service = segments.get(1).toLowerCase(Locale.ROOT);
    Optional<String> flaw = Names.flawOfService(service);
    if (flaw.isPresent()) {
      throw new ProblemException(Problem.invalidPath(flaw.get()));
    }
    return Optional.of(service);
  }

  /**
   * Returns whether a target is for clients of Eureka where all others are, too: below {@code /_eureka/} always, below {@code /eureka/} if
   * what follows cannot be the id of an instance.
   *
   * @param path of the request, raw
   */
  static boolean isBeside(String path) {
    return isBelow(path, RESERVED)
        || (path.startsWith(PREFIX + "/") && path.indexOf('/', PREFIX.length() + 1) >= 0);
  }

  /** Returns the target of such a path. Where there is nothing else than Eureka, the prefix may be left out. */
  static Target target(String path, Query query) {
    for (String prefix : List.of(PREFIX, RESERVED)) {
      if (isBelow(path, prefix)) {
        return new Target.Eureka(path.substring(prefix.length()), query);
      }
    }
    return new Target.Eureka(path, query);
  }

  private static boolean isBelow(String path, String prefix) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }
}
