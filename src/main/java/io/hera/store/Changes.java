package io.hera.store;

import io.hera.registry.ViewChange;
import java.util.List;
import java.util.Set;

/**
 * Content that has changed, in the order in which it did. Changes are numbered from 1 on since the node's start, without gaps.
 *
 * @param first number of the first of the changes
 * @param services the services that they concern, {@link Views#ALL_SERVICES} among them
 */
public record Changes(long first, List<ViewChange> changes, Set<String> services) {
  /** Copies. */
  public Changes {
    changes = List.copyOf(changes);
    services = Set.copyOf(services);
  }
}
