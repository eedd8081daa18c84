package io.hera.store;

import io.hera.registry.Key;
import io.hera.registry.View;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An instance of a service and its document.
 *
 * @param document one JSON object, checked; must not be modified
 * @param ttlMillis the ttl that its client chose; 0 if it chose none
 * @param drained the reason of a drain that hides it; empty if it is shown (P18)
 */
public record InstanceDocument(
    String id, byte[] document, long ttlMillis, Optional<String> drained) {
  /** Returns the instances, ids in byte order. Any thread may do this. */
  static List<InstanceDocument> inOrder(List<View.Instance> instances) {
    return instances.stream()
        .sorted(Comparator.comparing(View.Instance::id, Key.BYTE_ORDER))
        .map(one -> new InstanceDocument(one.id(), one.document(), one.ttlMillis(), one.drained()))
        .toList();
  }
}
