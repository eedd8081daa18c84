package io.hera.store;

import io.hera.registry.ViewChange;
import io.hera.store.page.PublishedListings;
import java.util.List;
import java.util.Map;

/**
 * Content that has changed, in the order in which it did. Changes are numbered from 1 on since the node's start, without gaps.
 * Nobody modifies what is in here any more.
 *
 * @param first number of the first of the changes
 * @param services the services that they concern, {@link PublishedListings#ALL_SERVICES} among them, and the index of the first change of each
 * @param bytes of documents in them, before and after
 */
public record Changes(
    long first, List<ViewChange> changes, Map<String, Integer> services, long bytes) {
  /** Number of the last of the changes. */
  public long last() {
    return first + changes.size() - 1;
  }
}
