package io.hera.registry;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change of one instance in the view. The arrays are the registry's own and must not be modified.
 *
 * @param before the document before the change, null if there was none
 * @param after the document after the change, null if there is none
 * @param origin the origin of the entry that wins now, or of the one that no longer does
 * @param contents by {@link ContentHash}; if they are equal, only volatile members differ
 */
public record Change(
    Key key,
    byte @Nullable [] before,
    byte @Nullable [] after,
    Kind kind,
    String origin,
    Contents contents,
    EntryTimes times) {
  /** The content before and after the change; null where there is no document. */
  public record Contents(
      @Nullable ContentVersion before, @Nullable ContentVersion after) {}

  /** How an instance changes. */
  public enum Kind {
    /** The instance is new. */
    REGISTERED("registered"),
    /** The document was replaced. */
    UPDATED("updated"),
    /** The instance has moved to another origin, with its document. */
    MOVED("moved"),
    /** The registration was not renewed in time. */
    EXPIRED("expired"),
    /** The entry was dropped, since its version is from the future (P3). */
    DROPPED("dropped"),
    /** The entry was dropped, since a peer that has everything of its origin does not have it (P14). */
    ABSENT("dropped"),
    /** A client removed the instance. */
    DEREGISTERED("deregistered"),
    /** A drain hides the instance, which is registered still (P18). */
    DRAINED("drained");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** Returns the word for it that clients read. */
    public String word() {
      return word;
    }
  }

  /** Returns whether the content differs. */
  public boolean contentChanged() {
    return !Objects.equals(contents.before, contents.after);
  }
}
