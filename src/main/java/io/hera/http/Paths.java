package io.hera.http;

import io.hera.json.Malformed;
import io.hera.registry.Key;
import io.hera.wire.Names;
import io.hera.wire.Percent;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import java.util.Locale;
import java.util.Optional;

/** From the raw request target to what it names: the one place where names come in. */
public final class Paths {
  private Paths() {}

  /** What a target names, and its raw query. */
  sealed interface Target {
    Query query();
  }

  /** {@code /}. */
  record AllServices(Query query) implements Target {}

  /** {@code /<service>}. */
  record OneService(String service, Query query) implements Target {}

  /** {@code /<service>/<id>}. */
  record OneInstance(Key key, Query query) implements Target {}

  /** Whether a Host header may be one: nothing in it that ends an authority (RFC 9110, 7.2). It may be empty. */
  static boolean isAuthority(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c > '~' || c == '/' || c == '?' || c == '#' || c == '@' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /** The target without scheme and authority, which a client may send too (RFC 9112, 3.2.2). */
  public static String originForm(String target) {
    if (target.startsWith("/")) {
      return target;
    }
    String lower = target.substring(0, Math.min(8, target.length())).toLowerCase(Locale.ROOT);
    int authority = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
    if (authority < 0) {
      return target;
    }
    int path = target.indexOf('/', authority);
    int query = target.indexOf('?', authority);
    if (path < 0 || (query >= 0 && query < path)) {
      return "/" + (query < 0 ? "" : target.substring(query));
    }
    return target.substring(path);
  }

  /**
   * Parses a target in origin form.
   *
   * @throws ProblemException when it is anything but one or two proper names
   */
  static Target parse(String target) throws ProblemException {
    if (!target.startsWith("/")) {
      throw new ProblemException(Problem.invalidPath("a request target must begin with /"));
    }
    int question = target.indexOf('?');
    String path = target.substring(1, question < 0 ? target.length() : question);
    Query query = new Query(question < 0 ? "" : target.substring(question + 1));
    if (path.isEmpty()) {
      return new AllServices(query);
    }
    int slash = path.indexOf('/');
    if (slash < 0) {
      return new OneService(service(path), query);
    }
    return new OneInstance(
        new Key(service(path.substring(0, slash)), id(path.substring(slash + 1))), query);
  }

  private static String service(String raw) throws ProblemException {
    String service = decode("service", raw);
    reject(Names.flawOfService(service));
    return service;
  }

  private static String id(String raw) throws ProblemException {
    if (raw.indexOf('/') >= 0) {
      throw new ProblemException(Problem.invalidPath("the path has more than two segments"));
    }
    String id = decode("id", raw);
    reject(Names.flawOfId(id));
    return id;
  }

  private static String decode(String what, String raw) throws ProblemException {
    if (raw.indexOf('#') >= 0) {
      throw new ProblemException(
          Problem.invalidPath("the " + what + " contains a #, which must be sent as %23"));
    }
    try {
      return Percent.decode(raw);
    } catch (Malformed malformed) {
      throw new ProblemException(Problem.invalidPath("the " + what + ": " + malformed.reason()));
    }
  }

  private static void reject(Optional<String> flaw) throws ProblemException {
    if (flaw.isPresent()) {
      throw new ProblemException(Problem.invalidPath(flaw.get()));
    }
  }
}
