package io.hera.registry;

import java.util.Map;
import java.util.Set;

/**
 * What the registry asks of documents, which it does not read itself: the content of one instance, its
 * share of a {@link ContentVersion}, and the values of members.
 */
@FunctionalInterface
public interface ContentHash {
  /**
   * Returns the same value for the same content, on every node and at any time. Members that change
   * with every heartbeat are not content.
   */
  ContentVersion of(String service, String id, byte[] document);

  /**
   * Returns whether two documents of an instance have the same content, if that is seen at once: false
   * says nothing.
   */
  default boolean isSame(byte[] before, byte[] after) {
    return false;
  }

  /**
   * Returns the values of those of the top-level members {@code names} that the document has: unescaped
   * if it is a string, as it is written otherwise. Objects and arrays are left out.
   */
  default Map<String, String> members(byte[] document, Set<String> names) {
    return Map.of();
  }
}
