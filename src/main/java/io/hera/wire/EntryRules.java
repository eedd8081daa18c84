package io.hera.wire;

import io.hera.registry.Key;
import org.jspecify.annotations.Nullable;

/** What is asked of the keys and documents that peers send, in either version. */
final class EntryRules {
  /** Most levels of a document: more than any node takes from clients, whatever it is configured to. */
  static final int DEPTH_MAX = 64;

  /** Most bytes of a document, likewise. */
  static final int DOCUMENT_BYTES_MAX = 1 << 20;

  private EntryRules() {}

  /** The key of these names, or null if one breaks the naming rules. */
  static @Nullable Key key(String service, String id) {
    return Names.flawOfService(service).isEmpty() && Names.flawOfId(id).isEmpty()
        ? new Key(service, id)
        : null;
  }
}
