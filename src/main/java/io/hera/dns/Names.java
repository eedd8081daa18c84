package io.hera.dns;

import io.hera.registry.Key;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The services by the names that they have in DNS, and the names above them. A name that is not here costs nothing but the look-up,
 * so that questions for random names leave nothing behind. Owned by {@link Directory}.
 *
 * <p>Services that differ in case only share a name. Documents of two services are never mixed: the one in lower case answers, else
 * the first in byte order.
 */
final class Names {
  private static final Comparator<String> ORDER = Comparator.<String, Boolean>comparing(
          name -> !Labels.one(name).equals(latin(name)))
      .thenComparing(Key.BYTE_ORDER);

  private final Map<String, SortedSet<String>> services = new HashMap<>();
  /** Key of the last labels of services, but not all → how many services end so. */
  private final Map<String, Integer> above = new HashMap<>();

  private static String latin(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** What became of a service. */
  enum Addition {
    /** It has a name of its own. */
    NAMED,
    /** It was there. */
    KNOWN,
    /** It shares its name with another one. */
    AMBIGUOUS,
    /** It can have no name in DNS: a label would be empty or longer than 63 bytes. */
    BAD_NAME
  }

  /** Adds a service. */
  Addition add(String service) {
    Optional<List<String>> labels = Labels.of(service);
    if (labels.isEmpty()) {
      return Addition.BAD_NAME;
    }
    SortedSet<String> same =
        services.computeIfAbsent(Labels.key(labels.get()), any -> new TreeSet<>(ORDER));
    if (!same.add(service)) {
      return Addition.KNOWN;
    }
    count(labels.get(), 1);
    return same.size() > 1 ? Addition.AMBIGUOUS : Addition.NAMED;
  }

  /** Removes a service, if it is there. */
  void remove(String service) {
    Labels.of(service).ifPresent(labels -> {
      SortedSet<String> same = services.get(Labels.key(labels));
      if (same != null && same.remove(service)) {
        count(labels, -1);
        if (same.isEmpty()) {
          services.remove(Labels.key(labels));
        }
      }
    });
  }

  private void count(List<String> labels, int difference) {
    for (int i = 1; i < labels.size(); i++) {
      above.merge(Labels.key(labels.subList(i, labels.size())), difference, (old, add) -> {
        int sum = old + add;
        return sum == 0 ? null : sum;
      });
    }
  }

  /** Returns the service that has this name. */
  Optional<String> service(List<String> labels) {
    SortedSet<String> same = services.get(Labels.key(labels));
    return same == null ? Optional.empty() : Optional.of(same.first());
  }

  /** Returns whether names of services end so, with more labels before: such a name exists, though it has no records. */
  boolean isAbove(List<String> labels) {
    return above.containsKey(Labels.key(labels));
  }

  /** Returns how many names there are. */
  int size() {
    return services.size();
  }
}
