package io.hera.store.page;

import io.hera.json.ObjectCursor;
import java.util.List;
import java.util.Map;

/**
 * Which instances of a service are wanted: those whose documents have these members at the top level. A string is compared as
 * text, anything else as it is written.
 *
 * @param wanted names and values of members; all of them have to be there
 */
public record Filter(List<Map.Entry<String, String>> wanted) {
  /** All instances. */
  public static final Filter ALL = new Filter(List.of());

  public Filter {
    wanted = List.copyOf(wanted);
  }

  /** Returns whether all instances are wanted. */
  public boolean isEmpty() {
    return wanted.isEmpty();
  }

  /**
   * Returns whether the document has all the members wanted, with these values.
   *
   * @param document a checked document; walked through up to the last member wanted, and not copied
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
