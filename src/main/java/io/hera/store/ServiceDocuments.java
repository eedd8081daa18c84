package io.hera.store;

import io.hera.registry.View;
import java.util.ArrayList;
import java.util.List;

/**
 * The instances of one service as they were in one turn of the store.
 *
 * @param change number of the last change that they include, see {@link Changes}
 * @param instances ids in byte order
 */
public record ServiceDocuments(String service, long change, List<InstanceDocument> instances) {
  /** Instances that one reply of the store has, and bytes of their documents, unless one service alone has more. */
  static final int INSTANCES_MAX = 2_000;

  static final long BYTES_MAX = 256 << 10;

  /** A service before its instances are put in order. */
  record Unordered(String service, long change, List<View.Instance> instances) {
    long bytes() {
      return instances.stream()
          .mapToLong(instance -> instance.document().length)
          .sum();
    }

    ServiceDocuments inOrder() {
      return new ServiceDocuments(service, change, InstanceDocument.inOrder(instances));
    }
  }

  /** Returns the first of these services, as many as one reply may have. */
  static List<Unordered> first(View view, DocumentsAsked asked, long change) {
    List<Unordered> first = new ArrayList<>();
    int instances = 0;
    long bytes = 0;
    for (String service : asked.services()) {
      instances += view.instanceCount(service) + view.drainedCount(service);
      if (!first.isEmpty() && (instances > INSTANCES_MAX || bytes > BYTES_MAX)) {
        break;
      }
      Unordered next = new Unordered(service, change, view.instances(service, asked.extent()));
      bytes += next.bytes();
      first.add(next);
    }
    return first;
  }
}
