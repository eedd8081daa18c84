package io.hera.registry;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Documents that several entries of one key have: they are one array. Part of {@link Slots}. */
final class SharedDocuments {
  private SharedDocuments() {}

  /**
   * Returns an array with the bytes of {@code document}, one of the others if possible: a heartbeat
   * that repeats a document does not keep a second copy of it.
   */
  static byte[] shared(byte[] document, byte @Nullable [] visible, byte[] stored) {
    if (visible != null && Arrays.equals(document, visible)) {
      return visible;
    }
    return Arrays.equals(document, stored) ? stored : document;
  }

  /** Whether the entry of another origin on the key has the same array. */
  static boolean isShared(Slot slot) {
    for (Slot at = slot.service.winner(slot.id); at != null; at = at.rival) {
      if (at != slot && at.document == slot.document) {
        return true;
      }
    }
    return false;
  }
}
