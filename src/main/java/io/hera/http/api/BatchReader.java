package io.hera.http.api;

import io.hera.http.HttpLimits;
import io.hera.http.api.BatchItem.Refused;
import io.hera.http.api.BatchItem.Wanted;
import io.hera.json.Documents;
import io.hera.json.LooseCursor;
import io.hera.json.Malformed;
import io.hera.registry.Key;
import io.hera.store.Write;
import io.hera.wire.Names;
import io.hera.wire.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads many writes from one body. Whatever is wrong inside one document or one service spoils only that: its problem is the one
 * that a PUT of its own would get. Only a body that cannot be divided into services is refused whole.
 */
final class BatchReader {
  private final HttpLimits limits;
  private final long ttlMillis;

  /**
   * Reads documents within {@code limits}.
   *
   * @param ttlMillis of all writes that give none of their own, or 0
   */
  BatchReader(HttpLimits limits, long ttlMillis) {
    this.limits = limits;
    this.ttlMillis = ttlMillis;
  }

  /** Returns the ttl of writes that give none of their own, or 0. */
  long ttlMillis() {
    return ttlMillis;
  }

  /** Returns the most bytes of a document. */
  int documentBytesMax() {
    return limits.documentBytesMax();
  }

  /** Reads an object of services → ids → documents. A service or an id that appears twice is refused, each time. */
  List<BatchItem> registrations(byte[] body) throws Malformed {
    Map<String, List<BatchItem>> services = new LinkedHashMap<>();
    LooseCursor members = LooseCursor.members(body);
    while (members.next()) {
      String service = name(members);
      boolean twice = services.containsKey(service);
      services.put(
          service,
          twice
              ? List.of(refused(service, "", members.flaw("the service appears twice")))
              : instances(service, members));
    }
    return services.values().stream().flatMap(List::stream).toList();
  }

  /** Reads an object of services → arrays of ids. */
  List<BatchItem> renewals(byte[] body) throws Malformed {
    List<BatchItem> items = new ArrayList<>();
    LooseCursor members = LooseCursor.members(body);
    while (members.next()) {
      String service = name(members);
      try {
        renewals(service, members, items);
      } catch (Malformed flaw) {
        items.add(refused(service, "", flaw));
      }
    }
    return items;
  }

  /** Returns the registration of a document, or the problem that its PUT would get. */
  BatchItem registration(String service, String id, byte[] document) {
    return registration(service, id, document, ttlMillis);
  }

  /** Returns the same, with a ttl of its own. */
  BatchItem registration(String service, String id, byte[] document, long ttlMillis) {
    Optional<String> flaw = flaw(service, id);
    if (flaw.isPresent()) {
      return new Refused(service, id, Problem.invalidPath(flaw.get()));
    }
    if (document.length > limits.documentBytesMax()) {
      return new Refused(service, id, Problem.tooLarge(limits.documentBytesMax()));
    }
    try {
      Documents.check(document, limits.documentBytesMax(), limits.documentDepthMax());
      return new Wanted(new Write.Put(new Key(service, id), document, ttlMillis));
    } catch (Malformed malformed) {
      return refused(service, id, malformed);
    }
  }

  private List<BatchItem> instances(String service, LooseCursor members) {
    Map<String, BatchItem> items = new LinkedHashMap<>();
    try {
      if (members.first() != '{') {
        throw members.flaw("a service needs an object of instances");
      }
      LooseCursor instances = LooseCursor.members(members.value());
      while (instances.next()) {
        String id = name(instances);
        boolean twice = items.containsKey(id);
        items.put(
            id,
            twice
                ? refused(service, id, new Malformed("the id appears twice", 0))
                : registration(service, id, instances.value()));
      }
      return List.copyOf(items.values());
    } catch (Malformed flaw) {
      return List.of(refused(service, "", flaw));
    }
  }

  private void renewals(String service, LooseCursor members, List<BatchItem> items)
      throws Malformed {
    if (members.first() != '[') {
      throw members.flaw("a service needs an array of ids");
    }
    LooseCursor ids = LooseCursor.elements(members.value());
    while (ids.next()) {
      Optional<String> id = ids.text();
      items.add(
          id.isPresent()
              ? renewal(service, id.get())
              : refused(service, "", members.flaw("an id is a string")));
    }
  }

  private BatchItem renewal(String service, String id) {
    return flaw(service, id).isPresent()
        ? new Refused(service, id, Problem.unknownInstance())
        : new Wanted(new Write.Renew(new Key(service, id), ttlMillis));
  }

  /** Returns the name of the member; that of one without a valid name breaks the rules for names. */
  private static String name(LooseCursor members) {
    return members.name().orElse("");
  }

  private static Refused refused(String service, String id, Malformed flaw) {
    return new Refused(service, id, Problem.invalidDocument(flaw));
  }

  private static Optional<String> flaw(String service, String id) {
    return Names.flawOfService(service).or(() -> Names.flawOfId(id));
  }
}
