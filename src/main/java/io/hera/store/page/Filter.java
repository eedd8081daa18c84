package io.hera.store.page;

import io.hera.json.ObjectCursor;
import java.util.List;
import java.util.Map;

/**
 * A condition on the documents of a service: the top-level members that a document must have. A
 * string is compared unescaped, any other value as it is written.
 *
 * @param wanted names and values of members; a document must have all of them
 */
public record Filter(List<Map.Entry<String, String>> wanted) {
  /** The filter that all documents match. */
  public static final Filter ALL = new Filter(List.of());

  public Filter {
    wanted = List.copyOf(wanted);
  }

  /** Returns whether all documents match. */
  public boolean isEmpty() {
    return wanted.isEmpty();
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
          if (!members.text().equals(pair.getValue())) {
            return false;
          }
          missing--;
        }
      }
    }
    return missing == 0;
  }
}
