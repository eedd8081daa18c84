package io.hera.http;

import io.hera.json.Malformed;
import io.hera.registry.Key;
import io.hera.store.page.Subject;
import io.hera.wire.Names;
import io.hera.wire.Percent;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import java.util.Locale;
import java.util.Optional;

/** From the raw request target to what it names: the one place where a client's names come in. */
final class TargetParser {
  private static final String PAGE = "/_ui";

  private TargetParser() {}

  /** Parses a raw request target that clients of Eureka may send as well: see {@link EurekaPath#beside}. */
  static Target parseWithEureka(String raw) {
    String target = originForm(raw);
    return EurekaPath.beside(path(target), query(target)).orElseGet(() -> parse(raw));
  }

  /** Parses a raw request target that only clients of Eureka send: see {@link EurekaPath#alone}. */
  static Target parseEureka(String raw) {
    String target = originForm(raw);
    return target.startsWith("/") ? EurekaPath.alone(path(target), query(target)) : parse(raw);
  }

  /** Parses a raw request target. Whatever is wrong with it is in the result. */
  static Target parse(String raw) {
    String target = originForm(raw);
    if (target.equals("*")) {
      return new Target.Asterisk();
    }
    if (!target.startsWith("/")) {
      return new Target.Malformed(Problem.invalidPath("a request target must begin with /"), 0);
    }
    String path = path(target);
    Query query = query(target);
    if (path.equals(PAGE) || path.startsWith(PAGE + '/')) {
      return new Target.Page(path.substring(PAGE.length()), query);
    }
    return path.startsWith("/_")
        ? new Target.Operation(path, query)
        : names(path.substring(1), query);
  }

  private static String path(String target) {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  private static Query query(String target) {
    int question = target.indexOf('?');
    return question < 0 ? Query.EMPTY : new Query(target.substring(question + 1));
  }

  /** Returns whether a Host header has nothing in it that ends an authority (RFC 9110, 7.2). It may be empty. */
  static boolean isAuthority(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c > '~' || c == '/' || c == '?' || c == '#' || c == '@' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /** Returns the target without scheme and authority, which a client may send too (RFC 9112, 3.2.2). */
  static String originForm(String target) {
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

  /** Parses what follows the first slash. */
  private static Target names(String path, Query query) {
    if (path.isEmpty()) {
      return new Target.AllServices(query);
    }
    int slash = path.indexOf('/');
    try {
      if (slash < 0) {
        return new Target.OneService(Subject.of(service(path)), query);
      }
      String service = service(path.substring(0, slash));
      return new Target.OneInstance(new Key(service, id(path.substring(slash + 1))), query);
    } catch (ProblemException refused) {
      return new Target.Malformed(refused.problem(), slash < 0 ? 1 : 2);
    }
  }

  /** Returns the service that a segment of a path names. */
  static String service(String raw) throws ProblemException {
    String service = decode("service", raw);
    check(Names.flawOfService(service));
    return service;
  }

  /** Returns the id that the last segment of a path names. */
  static String id(String raw) throws ProblemException {
    if (raw.indexOf('/') >= 0) {
      throw new ProblemException(Problem.invalidPath("the path has more than two segments"));
    }
    String id = decode("id", raw);
    check(Names.flawOfId(id));
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

  private static void check(Optional<String> flaw) throws ProblemException {
    if (flaw.isPresent()) {
      throw new ProblemException(Problem.invalidPath(flaw.get()));
    }
  }
}
