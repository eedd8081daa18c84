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

  /** Who sends the targets. */
  enum Senders {
    /** Clients of Hera. */
    HERA,
    /** Clients of Hera, and those of Eureka below prefixes of their own. */
    BOTH,
    /** Clients of Eureka. */
    EUREKA
  }

  /** Parses a raw request target of a client of Hera. */
  static Target parse(String raw) {
    return parse(raw, Senders.HERA);
  }

  /** Parses a raw request target. Whatever is wrong with it is in the result. */
  static Target parse(String raw, Senders senders) {
    String target = originForm(raw);
    if (target.equals("*")) {
      return new Target.Asterisk();
    }
    if (!target.startsWith("/")) {
      return new Target.Malformed(Problem.invalidPath("a request target must begin with /"), 0);
    }
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    Query query = question < 0 ? Query.EMPTY : new Query(target.substring(question + 1));
    boolean isForEureka =
        senders == Senders.EUREKA || (senders == Senders.BOTH && EurekaPath.isBeside(path));
    return isForEureka ? EurekaPath.target(path, query) : parse(path, query);
  }

  private static Target parse(String path, Query query) {
    if (path.equals(PAGE) || path.startsWith(PAGE + '/')) {
      return new Target.Page(path.substring(PAGE.length()), query);
    }
    return path.startsWith("/_")
        ? new Target.Operation(path, query)
        : names(path.substring(1), query);
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
