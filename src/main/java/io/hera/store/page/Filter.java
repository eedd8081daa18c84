package io.hera.store.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hera.json.CanonicalForm;
import io.hera.json.Documents;
import io.hera.json.ObjectCursor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A condition on the documents of a service: the top-level members that a document must have. A
 * string is compared unescaped, an object or an array by its content, any other value as it is
 * written. So whether a document matches depends on its content alone ({@link CanonicalForm}).
 *
 * <p>A filter of the list of all services is a condition on their names instead.
 *
 * @param wanted names and values of members; a document must have all of them
 * @param services the services that the list may show; equal to another predicate of the same services
 * @param near which of the documents that match are listed
 */
public record Filter(
    List<Map.Entry<String, String>> wanted, Predicate<String> services, Near near) {
  /** The filter that all documents and all services match. */
  public static final Filter ALL = new Filter(List.of());

  /** The predicate of all services. */
  private enum Every implements Predicate<String> {
    SERVICE;

    @Override
    public boolean test(String service) {
      return true;
    }
  }

  /** The predicate of services that are named one by one. */
  private record Named(Set<String> names) implements Predicate<String> {
    @Override
    public boolean test(String service) {
      return names.contains(service);
    }
  }

  public Filter {
    wanted = List.copyOf(wanted);
  }

  /** A filter of documents. */
  public Filter(List<Map.Entry<String, String>> wanted) {
    this(wanted, Every.SERVICE, Near.NONE);
  }

  /** Returns the filter of the list of all services that these match; there is one listing for all equal predicates. */
  public static Filter ofServices(Predicate<String> services) {
    return new Filter(List.of(), services, Near.NONE);
  }

  /** Returns the filter of the list of all services that shows these. */
  public static Filter ofServices(Set<String> names) {
    return ofServices(new Named(Set.copyOf(names)));
  }

  /** Returns the services that the list of all services may show, if they are named one by one. */
  public Optional<Set<String>> named() {
    return services instanceof Named some ? Optional.of(some.names) : Optional.empty();
  }

  /** Returns this filter with a preference among the documents that match. */
  public Filter with(Near nearest) {
    return new Filter(wanted, services, nearest);
  }

  /** Returns whether all documents and all services match, and are listed. */
  public boolean isEmpty() {
    return wanted.isEmpty() && services.equals(Every.SERVICE) && near.isNone();
  }

  /** Returns whether the subject is a service that the list of all services may show. */
  public boolean concerns(Subject subject) {
    return subject instanceof Subject.Service service && includes(service.name());
  }

  /** Returns whether the list of all services may show this one. */
  public boolean includes(String service) {
    return services.test(service);
  }

  /**
   * Returns whether the document has all wanted members, with these values.
   *
   * @param document a checked document; it is read up to the last wanted member, and not copied
   */
  public boolean matches(byte[] document) {
    int missing = wanted.size();
    ObjectCursor members = new ObjectCursor(document);
    while (missing > 0 && members.next()) {
      for (Map.Entry<String, String> pair : wanted) {
        if (members.isNamed(pair.getKey())) {
          if (!isSame(members, pair.getValue())) {
            return false;
          }
          missing--;
        }
      }
    }
    return missing == 0;
  }

  private static boolean isSame(ObjectCursor member, String wanted) {
    return member.text().equals(wanted)
        || (member.isStructure() && isSame(member.value(), wanted.getBytes(UTF_8)));
  }

  private static boolean isSame(byte[] structure, byte[] wanted) {
    if (!Documents.isStructure(wanted)) {
      return false;
    }
    CanonicalForm form = new CanonicalForm(Set.of());
    return Arrays.equals(form.of(structure), form.of(wanted));
  }
}
