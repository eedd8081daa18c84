package io.hera.wire;

import io.hera.json.JsonScanner;
import io.hera.json.Malformed;
import io.hera.registry.Drains;
import io.hera.registry.Key;
import io.hera.registry.Selector;
import org.jspecify.annotations.Nullable;

/** The rules for answers of peers, their keys and their documents, in both versions. */
final class EntryRules {
  /** Most levels of a document: above every limit that a node can set for its clients. */
  static final int DEPTH_MAX = 64;

  /** Most bytes of a document: above every limit that a node can set for its clients. */
  static final int DOCUMENT_BYTES_MAX = 1 << 20;

  private EntryRules() {}

  /** Checks that an answer begins as an object. */
  static void expectObject(JsonScanner in) throws Malformed {
    if (in.peek() != '{') {
      throw in.fail("the answer must be one JSON object");
    }
  }

  /** Returns the key of a drain (P18), or null if it is of another kind, or its id selects nothing. */
  static @Nullable Key drain(String service, String id) {
    return service.equals(Drains.SERVICE) && Selector.parse(id).isPresent()
        ? new Key(service, id)
        : null;
  }

  /** Returns the key of these names, or null if one of them breaks the rules for names. */
  static @Nullable Key key(String service, String id) {
    return Names.flawOfService(service).isEmpty() && Names.flawOfId(id).isEmpty()
        ? new Key(service, id)
        : null;
  }
}
