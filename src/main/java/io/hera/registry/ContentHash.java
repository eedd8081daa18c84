package io.hera.registry;

/** What the content of one instance is: its share of a {@link ContentVersion}. */
@FunctionalInterface
public interface ContentHash {
  /** The same for the same content, wherever and whenever; what changes with every heartbeat is no content. */
  ContentVersion of(String service, String id, byte[] document);
}
