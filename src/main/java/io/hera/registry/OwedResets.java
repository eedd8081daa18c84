package io.hera.registry;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The members that have to forget their horizon of this node, because own entries have come back below versions that it has
 * answered for already (P7). Owned by {@link OwnOrigin}.
 *
 * <p>An empty reset sends a member back to 0. It is repeated until the member asks from there: only this shows that it has obeyed, since its
 * horizon may also move by another peer's answer. A node of version 1.0 does not go back. After {@value #TRIES_MAX} tries it gets
 * all entries in one reset, as far as they fit in a page.
 */
final class OwedResets {
  static final int TRIES_MAX = 8;

  private final Map<String, Integer> tries = new HashMap<>();

  /** What the next answer to a member has to be. */
  enum Answer {
    /** What it asks for. */
    ORDINARY,
    /** A reset without entries. */
    EMPTY_RESET,
    /** A reset with all entries. */
    FULL_RESET
  }

  /** Each of these members has to go back. */
  void owe(Collection<String> members) {
    members.forEach(member -> tries.put(member, 0));
  }

  /** Returns what to answer a member that has everything up to {@code seen}. */
  Answer next(String member, long seen) {
    Integer done = tries.get(member);
    if (done == null) {
      return Answer.ORDINARY;
    }
    if (seen == 0) {
      tries.remove(member);
      return Answer.ORDINARY;
    }
    if (done == TRIES_MAX) {
      tries.remove(member);
      return Answer.FULL_RESET;
    }
    tries.put(member, done + 1);
    return Answer.EMPTY_RESET;
  }
}
