package io.hera.http;

import io.hera.registry.Key;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import java.util.Optional;

/**
 * The names behind the first segment of the path of an operation, as in {@code /_entries/<service>/<id>}. The right that a request
 * needs and its reply go by the same reading of them.
 *
 * @param id empty if the path names a service
 */
public record PathNames(String service, Optional<String> id) {
  /** Returns the key of the instance; fails if the path names a service only. */
  public Key key() throws ProblemException {
    if (id.isEmpty()) {
      throw new ProblemException(Problem.invalidPath("the path names no instance"));
    }
    return new Key(service, id.get());
  }

  /** Reads the names in the path of an operation; fails if it has none, or they are not valid. */
  public static PathNames of(Target target) throws ProblemException {
    String path = target instanceof Target.Operation operation ? operation.path() : "";
    int names = path.indexOf('/', 1);
    if (names < 0) {
      throw new ProblemException(Problem.invalidPath("the path names no service"));
    }
    String raw = path.substring(names + 1);
    int slash = raw.indexOf('/');
    return slash < 0
        ? new PathNames(TargetParser.service(raw), Optional.empty())
        : new PathNames(
            TargetParser.service(raw.substring(0, slash)),
            Optional.of(TargetParser.id(raw.substring(slash + 1))));
  }
}
