package io.hera.store.history;

import io.hera.registry.Change;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happened. */
public enum EventType {
  /** An instance is new. */
  REGISTERED,
  /** The content of its document has changed. */
  UPDATED,
  /** It was renewed at another node, with the same document. */
  MOVED,
  /** It was not renewed in time. */
  EXPIRED,
  /** Its entry was not to be believed: by the clock, or since a peer does not have it. */
  DROPPED,
  /** A client has removed it. */
  DEREGISTERED,
  /** A drain hides it (P18); when that ends, it is registered again. */
  DRAINED,
  /** Most instances of a service that this node has accepted have become silent. */
  SILENT,
  /** They are not silent any more. */
  NOT_SILENT,
  /** The node has become ready; earlier changes of this process are not in its history. */
  READY;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Returns the word for it that clients read and write. */
  public String word() {
    return word;
  }

  /** Returns the words for all types, as a list in a sentence. */
  public static String words() {
    return Arrays.stream(values()).map(EventType::word).collect(Collectors.joining(", "));
  }

  /** Returns the type that this word stands for; empty for any other. */
  public static Optional<EventType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
  }

  /** Whether it is an event of one instance. */
  public boolean isOfInstance() {
    return !isOfNode() && this != SILENT && this != NOT_SILENT;
  }

  /** Whether it is an event of the whole node. */
  public boolean isOfNode() {
    return this == READY;
  }

  /** Whether an instance is gone after it. */
  public boolean isEnd() {
    return this == EXPIRED || this == DROPPED || this == DEREGISTERED || this == DRAINED;
  }

  /** Returns the type of a change of the view. */
  public static EventType of(Change.Kind kind) {
    return switch (kind) {
      case REGISTERED -> REGISTERED;
      case UPDATED -> UPDATED;
      case MOVED -> MOVED;
      case EXPIRED -> EXPIRED;
      case DROPPED, ABSENT -> DROPPED;
      case DEREGISTERED -> DEREGISTERED;
      case DRAINED -> DRAINED;
    };
  }
}
