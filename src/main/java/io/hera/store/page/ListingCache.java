package io.hera.store.page;

import io.hera.registry.Key;
import io.hera.registry.Registry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The layouts of listings that were asked for, each with the ids that have changed since. The ids
 * of {@link Subject#ALL} are the services. Owned by {@link Listings}.
 *
 * <p>A layout of which more than a quarter has changed is dropped, because building it from scratch
 * costs about as much as splicing it. So a service that is no longer looked up leaves the cache
 * after a few heartbeats.
 */
final class ListingCache {
  private static final int CHANGES_MIN = 16;

  private final Registry registry;
  private final Map<Subject, CachedLayout> cached = new HashMap<>();

  ListingCache(Registry registry) {
    this.registry = registry;
  }

  private record CachedLayout(ListingLayout layout, SortedSet<String> changed) {
    CachedLayout(ListingLayout layout) {
      this(layout, new TreeSet<>(Key.BYTE_ORDER));
    }
  }

  /** Records that the line of {@code id} in the layout of {@code subject} is outdated. */
  void changed(Subject subject, String id) {
    CachedLayout known = cached.get(subject);
    if (known != null) {
      known.changed.add(id);
      if (known.changed.size() > Math.max(CHANGES_MIN, known.layout.size() / 4)) {
        cached.remove(subject);
      }
    }
  }

  /** Returns the present layout. An empty one is not kept, because clients may ask for any name. */
  ListingLayout make(Subject subject) {
    CachedLayout before = cached.get(subject);
    ListingLayout made = before == null
        ? uncached(subject)
        : before.layout.with(before.changed, id -> line(subject, id));
    if (made.size() == 0) {
      cached.remove(subject);
    } else {
      cached.put(subject, new CachedLayout(made));
    }
    return made;
  }

  /** Returns the present layout without keeping it, for a reader that does not return. */
  ListingLayout uncached(Subject subject) {
    return ListingLayout.of(lines -> read(subject, lines));
  }

  private void read(Subject subject, BiConsumer<String, byte[]> lines) {
    if (subject instanceof Subject.Service service) {
      registry.view().forEachInstance(service.name(), lines);
    } else {
      registry
          .view()
          .instanceCounts()
          .forEach((name, instances) -> lines.accept(name, summary(instances)));
    }
  }

  private byte @Nullable [] line(Subject subject, String id) {
    if (subject instanceof Subject.Service service) {
      return registry.view().document(new Key(service.name(), id));
    }
    int instances = registry.view().instanceCount(id);
    return instances == 0 ? null : summary(instances);
  }

  private static byte[] summary(int instances) {
    return ("{\"instances\":" + instances + "}").getBytes(StandardCharsets.US_ASCII);
  }
}
