package io.hera.http.ops;

import io.hera.http.Exchange;
import io.hera.http.PathNames;
import io.hera.http.Target;
import io.hera.json.Documents;
import io.hera.registry.Key;
import io.hera.registry.Selector;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The part of a path after {@code /_drain}: what the drain selects. */
final class DrainTarget {
  static final String PATH = "/_drain";

  private static final String ANY = "*";

  private DrainTarget() {}

  /** Returns what a request selects. */
  static Selector of(Exchange exchange) throws ProblemException {
    String path = ((Target.Operation) exchange.target()).path().substring(PATH.length());
    List<Map.Entry<String, String>> wanted = exchange.query().filter().wanted();
    if (path.equals("/" + ANY)) {
      return machine(wanted);
    }
    if (!wanted.isEmpty()) {
      throw new ProblemException(
          Problem.invalidQuery("match: selects instances of any service, at /_drain/*"));
    }
    PathNames names = PathNames.of(exchange.target());
    return names
        .id()
        .<Selector>map(id -> new Selector.OfInstance(new Key(names.service(), id)))
        .orElseGet(() -> new Selector.OfService(names.service()));
  }

  private static Selector machine(List<Map.Entry<String, String>> wanted) throws ProblemException {
    if (wanted.size() != 1) {
      throw new ProblemException(
          Problem.invalidQuery("match: /_drain/* needs exactly one, such as match=host:10.1.1.7"));
    }
    String value = wanted.get(0).getValue();
    if (Documents.isStructure(value.getBytes(StandardCharsets.UTF_8))) {
      throw new ProblemException(
          Problem.invalidQuery("match: a drain compares no objects and arrays"));
    }
    Selector selector = new Selector.OfMember(wanted.get(0).getKey(), value);
    if (Selector.parse(selector.text()).isEmpty()) {
      throw new ProblemException(Problem.invalidQuery("match: longer than a drain can be"));
    }
    return selector;
  }
}
