package io.hera.store;

import io.hera.registry.ContentVersion;
import io.hera.registry.InstanceEntry;
import java.util.List;

/**
 * The entries behind some instances of a service.
 *
 * @param nowMillis agreed unix time to which the ages belong
 * @param content of all instances that are shown, equal on nodes that show the same
 * @param instances how many are shown
 */
public record ServiceEntries(
    long nowMillis, ContentVersion content, int instances, List<InstanceEntry> entries) {
  public ServiceEntries {
    entries = List.copyOf(entries);
  }
}
