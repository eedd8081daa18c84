package io.hera.client;

import java.time.Duration;
import java.util.Set;

/** A command of a {@link CacheRule} to the machine that follows a service. */
sealed interface CacheCommand {
  /** Show this from now on. */
  record Show(Snapshot snapshot) implements CacheCommand {}

  /** Ask the node how long it is up and ready; the answer is {@link CacheEvent.StatusKnown}. */
  record AskStatus(String node) implements CacheCommand {}

  /** Ask the node that is followed once more, without waiting for a change, after a delay. */
  record AskAgain(Duration delay) implements CacheCommand {}

  /**
   * Ask one other node whether it shows the same, without waiting for a change, after a delay; the
   * answer is one {@link CacheEvent.Opinion} with the same number.
   *
   * @param tag for {@code If-None-Match}; empty for a question without one
   * @param except the URLs of the nodes that do not count as others
   */
  record AskOther(int question, String tag, Set<String> except, Duration delay)
      implements CacheCommand {
    public AskOther {
      except = Set.copyOf(except);
    }
  }

  /** Follow the service at this node from now on, with this tag. */
  record Move(String node, String tag) implements CacheCommand {}

  /** Send {@link CacheEvent.Woken} at this time, and not at an earlier one that was named before. */
  record WakeAt(long nanos) implements CacheCommand {}
}
