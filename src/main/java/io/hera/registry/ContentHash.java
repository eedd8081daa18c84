package io.hera.registry;

/** A function that gives the content of one instance: its share of a {@link ContentVersion}. */
@FunctionalInterface
public interface ContentHash {
  /**
   * Returns the same value for the same content, on every node and at any time. Members that change
   * with every heartbeat are not content.
   */
  ContentVersion of(String service, String id, byte[] document);
}
