package io.hera.http;

import io.hera.json.Malformed;
import io.hera.store.page.Filter;
import io.hera.store.page.Near;
import io.hera.wire.Durations;
import io.hera.wire.Percent;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request. Names and values are decoded in one way, as forms are: {@code +} is a space, and both may have
 * percent-escapes. A name that cannot be decoded is unknown.
 *
 * @param raw without the question mark, may be empty
 */
public record Query(String raw) {
  /** No query. */
  public static final Query EMPTY = new Query("");

  public static final String PRETTY = "pretty";
  public static final String TTL = "ttl";
  public static final String WAIT = "wait";
  public static final String MATCH = "match";
  public static final String SERVICE = "service";
  public static final String ALL = "all";
  public static final String FOR = "for";
  public static final String FORCE = "force";
  public static final String QUIET = "quiet";
  public static final String NEAR = "near";
  public static final String NEAR_MIN = "near-min";

  /** Services that one request may name. */
  static final int SERVICES_MAX = 200;

  private static final long PATIENCE_MILLIS_MAX = 300_000;
  private static final long LASTS_MILLIS_MAX = 30L * 24 * 3_600_000;
  private static final Pattern PREFERRED =
      Pattern.compile("\\s*wait\\s*=\\s*\"?([0-9]+)\"?\\s*(?:;.*)?", Pattern.CASE_INSENSITIVE);

  private static final int SECONDS_LENGTH_MAX = 9;

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  /** Any number of so many digits is in a long. */
  private static final int DIGITS_MAX = 18;

  /** A parameter; its value is not decoded yet. */
  private record Parameter(String name, String value) {}

  /** Returns whether there is no parameter. */
  boolean isEmpty() {
    return raw.isEmpty();
  }

  /** Returns the names of all parameters, decoded. */
  public Set<String> names() {
    return parameters().stream().map(Parameter::name).collect(Collectors.toSet());
  }

  /** Returns whether the reply is to be indented for people: {@code ?pretty}. */
  public boolean pretty() throws ProblemException {
    return flag(PRETTY);
  }

  /** Returns whether a parameter is there, and neither {@code false} nor {@code 0}. */
  public boolean flag(String name) throws ProblemException {
    String flag = value(name);
    return flag != null && !flag.equals("false") && !flag.equals("0");
  }

  /** Returns the value of a parameter; empty if it is not there. */
  public Optional<String> text(String name) throws ProblemException {
    return Optional.ofNullable(value(name));
  }

  /** Returns the whole number that a parameter is; empty if it is not there. */
  public OptionalLong number(String name, long min, long max) throws ProblemException {
    String text = value(name);
    if (text == null) {
      return OptionalLong.empty();
    }
    boolean isNumber = text.length() <= DIGITS_MAX && DIGITS.matcher(text).matches();
    if (!isNumber || Long.parseLong(text) < min || Long.parseLong(text) > max) {
      String range = max == Long.MAX_VALUE ? "from " + min + " on" : "from " + min + " to " + max;
      throw new ProblemException(Problem.invalidQuery(name + ": not a whole number " + range));
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  /** Returns the ttl chosen with {@code ?ttl=15s} in milliseconds, at least 1, or 0 if there is none. */
  public long ttlMillis() throws ProblemException {
    return millis(TTL);
  }

  /** Returns a duration in milliseconds, at least 1, or 0 if there is none. */
  public long millis(String name) throws ProblemException {
    String text = value(name);
    if (text == null) {
      return 0;
    }
    OptionalLong millis = Durations.millis(text);
    if (millis.isEmpty()) {
      throw new ProblemException(
          Problem.invalidQuery(name + ": not a duration such as 15, 500ms, 15s or 5m"));
    }
    return Math.max(1, millis.getAsLong());
  }

  /** Returns for how many milliseconds something is to last, {@code ?for=2h}: 1 to 30 days; empty if it has no end. */
  public OptionalLong forMillis() throws ProblemException {
    String lasts = value(FOR);
    if (lasts == null) {
      return OptionalLong.empty();
    }
    OptionalLong millis = Durations.millis(lasts);
    if (millis.isEmpty() || millis.getAsLong() == 0 || millis.getAsLong() > LASTS_MILLIS_MAX) {
      throw new ProblemException(
          Problem.invalidQuery("for: not a duration above 0 and up to 720h, such as 15m or 2h"));
    }
    return millis;
  }

  /**
   * Returns how long a client waits for a change, {@code ?wait=30s}, or in seconds by the header {@code Prefer: wait=30}
   * (RFC 7240): milliseconds, at most five minutes, 0 if neither is given.
   */
  public long patienceMillis(List<String> prefer) throws ProblemException {
    String wait = value(WAIT);
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
          return preferredMillis(matcher.group(1));
        }
      }
    }
    return 0;
  }

  /** More digits than a long has are more than the longest wait, too. */
  private static long preferredMillis(String seconds) {
    return seconds.length() > SECONDS_LENGTH_MAX
        ? PATIENCE_MILLIS_MAX
        : Math.min(PATIENCE_MILLIS_MAX, 1_000 * Long.parseLong(seconds));
  }

  /** Returns how calm the subject must be before the reader wants its changes, {@code ?quiet=2s:10s}; {@link Quiet#NONE} if it is not given. */
  public Quiet quiet() throws ProblemException {
    String quiet = value(QUIET);
    return quiet == null ? Quiet.NONE : Quiets.parse(quiet);
  }

  /**
   * Returns which instances are wanted, {@code ?match=zone:ams&match=version:1.2}. The first colon that is not escaped separates
   * name and value, so a name may have an escaped one in it; if all are escaped, as some libraries do, the first one does.
   */
  public Filter filter() throws ProblemException {
    if (raw.isEmpty()) {
      return Filter.ALL;
    }
    List<Map.Entry<String, String>> wanted = new ArrayList<>();
    for (Parameter parameter : parameters()) {
      if (parameter.name.equals(MATCH)) {
        wanted.add(match(parameter.value));
      }
    }
    return new Filter(wanted).with(near());
  }

  /** Returns which of the instances that match are preferred, {@code ?near=zone:ams,fra&near-min=2}. */
  private Near near() throws ProblemException {
    Optional<String> near = raw(NEAR);
    String min = value(NEAR_MIN);
    if (near.isPresent()) {
      return Nears.parse(near.get(), min == null ? "1" : min);
    }
    if (min != null) {
      throw new ProblemException(Problem.invalidQuery("near-min: only with near"));
    }
    return Near.NONE;
  }

  private static Map.Entry<String, String> match(String encoded) throws ProblemException {
    int colon = encoded.indexOf(':');
    if (colon >= 0) {
      String name = decode(MATCH, encoded.substring(0, colon));
      return Map.entry(name, decode(MATCH, encoded.substring(colon + 1)));
    }
    String pair = decode(MATCH, encoded);
    int decoded = pair.indexOf(':');
    if (decoded < 0) {
      throw new ProblemException(Problem.invalidQuery("match: not a name, a colon and a value"));
    }
    return Map.entry(pair.substring(0, decoded), pair.substring(decoded + 1));
  }

  /** Returns the one service that {@code ?service=} names. */
  public Optional<String> service() throws ProblemException {
    return text(SERVICE);
  }

  /** Returns all services that {@code ?service=} names, each once. */
  public List<String> services() throws ProblemException {
    return texts(SERVICE, SERVICES_MAX);
  }

  /** Returns all values of a parameter, each once. */
  public List<String> texts(String name, int max) throws ProblemException {
    if (raw.isEmpty()) {
      return List.of();
    }
    Set<String> texts = new LinkedHashSet<>();
    for (Parameter parameter : parameters()) {
      if (parameter.name.equals(name)) {
        texts.add(decode(name, parameter.value));
      }
    }
    if (texts.size() > max) {
      throw new ProblemException(
          Problem.invalidQuery(name + ": more than " + max + " " + name + "s"));
    }
    return List.copyOf(texts);
  }

  private @Nullable String value(String name) throws ProblemException {
    Optional<String> value = raw(name);
    return value.isPresent() ? decode(name, value.get()) : null;
  }

  /** Returns the value of a parameter, not decoded. */
  private Optional<String> raw(String name) throws ProblemException {
    if (raw.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> found = Optional.empty();
    for (Parameter parameter : parameters()) {
      if (parameter.name.equals(name)) {
        if (found.isPresent()) {
          throw new ProblemException(Problem.invalidQuery(name + " is given twice"));
        }
        found = Optional.of(parameter.value);
      }
    }
    return found;
  }

  private List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (String parameter : raw.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      name(equals < 0 ? parameter : parameter.substring(0, equals))
          .ifPresent(name -> parameters.add(new Parameter(name, value)));
    }
    return parameters;
  }

  private static Optional<String> name(String encoded) {
    try {
      return Optional.of(Percent.decodeForm(encoded));
    } catch (Malformed unknown) {
      return Optional.empty();
    }
  }

  /** Decodes the value of the parameter of this name. */
  static String decode(String name, String value) throws ProblemException {
    try {
      return Percent.decodeForm(value);
    } catch (Malformed malformed) {
      throw new ProblemException(Problem.invalidQuery(name + ": " + malformed.reason()));
    }
  }
}
