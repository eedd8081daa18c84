package io.hera.store;

import io.hera.store.page.Subject;
import java.util.List;
import java.util.Map;

/**
 * Changes of content that are published together, in their order. The collections are not modified any more.
 *
 * @param first number of the first of the changes
 * @param subjects what they concern, {@link Subject#ALL} among it, and those that concern each
 * @param bytes of documents in them, before and after
 */
public record Changes(
    long first, List<LoggedChange> changes, Map<Subject, List<LoggedChange>> subjects, long bytes) {
  /** Returns the number of the last of the changes. */
  public long last() {
    return first + changes.size() - 1;
  }

  /** Returns the changes that concern a subject, from this number on. */
  public List<LoggedChange> of(Subject subject, long number) {
    List<LoggedChange> concerning = subjects.getOrDefault(subject, List.of());
    int from = 0;
    for (int to = concerning.size(); from < to; ) {
      int middle = (from + to) >>> 1;
      if (concerning.get(middle).number() < number) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return concerning.subList(from, concerning.size());
  }
}
