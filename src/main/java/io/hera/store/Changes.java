package io.hera.store;

import io.hera.store.page.Subject;
import java.util.List;
import java.util.Map;

/**
 * Changes of content that are published together, in their order. The collections are not modified any more.
 *
 * @param first number of the first of the changes
 * @param subjects what they concern, {@link Subject#ALL} among it, and the index of the first change of each
 * @param bytes of documents in them, before and after
 */
public record Changes(
    long first, List<LoggedChange> changes, Map<Subject, Integer> subjects, long bytes) {
  /** Returns the number of the last of the changes. */
  public long last() {
    return first + changes.size() - 1;
  }
}
