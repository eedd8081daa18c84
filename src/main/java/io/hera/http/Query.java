package io.hera.http;

import io.hera.json.Malformed;
import io.hera.store.page.Filter;
import io.hera.wire.Durations;
import io.hera.wire.Percent;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The raw query of a request. Parameters are split at {@code &} only; unknown ones are ignored.
 *
 * @param raw without the question mark, may be empty
 */
public record Query(String raw) {
  /** No query. */
  public static final Query EMPTY = new Query("");

  private static final long PATIENCE_MILLIS_MAX = 300_000;
  private static final Pattern PREFERRED =
      Pattern.compile("\\s*wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(?:;.*)?", Pattern.CASE_INSENSITIVE);

  /** Returns whether the reply is to be indented for people: {@code ?pretty}. */
  public boolean pretty() throws ProblemException {
    String pretty = raw.isEmpty() ? null : value("pretty");
    return pretty != null && !pretty.equals("false") && !pretty.equals("0");
  }

  /** Returns the ttl chosen with {@code ?ttl=15s} in milliseconds, at least 1, or 0 if there is none. */
  public long ttlMillis() throws ProblemException {
    String ttl = raw.isEmpty() ? null : value("ttl");
    if (ttl == null) {
      return 0;
    }
    OptionalLong millis = Durations.millis(ttl);
    if (millis.isEmpty()) {
      throw new ProblemException(
          Problem.invalidQuery("ttl: not a duration such as 15, 500ms, 15s or 5m"));
    }
    return Math.max(1, millis.getAsLong());
  }

  /**
   * Returns how long a client waits for a change, {@code ?wait=30s}, or in seconds by the header {@code Prefer: wait=30}
   * (RFC 7240): milliseconds, at most five minutes, 0 if neither is given.
   */
  public long patienceMillis(List<String> prefer) throws ProblemException {
    String wait = raw.isEmpty() ? null : value("wait");
    if (wait == null) {
      return prefer.isEmpty() ? 0 : preferredMillis(prefer);
    }
    OptionalLong millis = Durations.millis(wait);
    if (millis.isEmpty()) {
      throw new ProblemException(
          Problem.invalidQuery("wait: not a duration such as 30, 500ms, 30s or 5m"));
    }
    return Math.min(PATIENCE_MILLIS_MAX, millis.getAsLong());
  }

  /** An unreadable Prefer is ignored (RFC 7240). */
  private static long preferredMillis(List<String> prefer) {
    for (String line : prefer) {
      for (String preference : line.split(",", -1)) {
        Matcher matcher = PREFERRED.matcher(preference);
        if (matcher.matches()) {
          return Math.min(PATIENCE_MILLIS_MAX, 1_000 * Long.parseLong(matcher.group(1)));
        }
      }
    }
    return 0;
  }

  /** Returns which instances are wanted, {@code ?match=zone:ams&match=version:1.2}; name and value are percent-decoded. */
  public Filter filter() throws ProblemException {
    if (!raw.contains("match=")) {
      return Filter.ALL;
    }
    List<Map.Entry<String, String>> wanted = new ArrayList<>();
    for (String parameter : raw.split("&", -1)) {
      if (parameter.startsWith("match=")) {
        wanted.add(match(parameter.substring("match=".length())));
      }
    }
    return new Filter(wanted);
  }

  private static Map.Entry<String, String> match(String encoded) throws ProblemException {
    try {
      String pair = Percent.decode(encoded);
      int colon = pair.indexOf(':');
      if (colon < 0) {
        throw new ProblemException(Problem.invalidQuery("match: not a name, a colon and a value"));
      }
      return Map.entry(pair.substring(0, colon), pair.substring(colon + 1));
    } catch (Malformed malformed) {
      throw new ProblemException(Problem.invalidQuery("match: " + malformed.reason()));
    }
  }

  /** Returns the one service that {@code ?service=} names. */
  public Optional<String> service() throws ProblemException {
    String service = raw.isEmpty() ? null : value("service");
    try {
      return service == null ? Optional.empty() : Optional.of(Percent.decode(service));
    } catch (Malformed malformed) {
      throw new ProblemException(Problem.invalidQuery("service: " + malformed.reason()));
    }
  }

  private @Nullable String value(String name) throws ProblemException {
    String found = null;
    for (String parameter : raw.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String key = equals < 0 ? parameter : parameter.substring(0, equals);
      if (key.equals(name)) {
        if (found != null) {
          throw new ProblemException(Problem.invalidQuery(name + " is given twice"));
        }
        found = equals < 0 ? "" : parameter.substring(equals + 1);
      }
    }
    return found;
  }
}
