package io.hera.store;

import io.hera.registry.RegistryLimits;
import java.util.Set;

/**
 * What the store is configured by.
 *
 * @param members names of the nodes of the cluster, this node's among them
 */
public record StoreSettings(Set<String> members, RegistryLimits limits) {}
