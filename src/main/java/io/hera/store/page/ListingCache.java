package io.hera.store.page;

import io.hera.registry.Key;
import io.hera.registry.Registry;
import io.hera.store.StoreVerticle;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The pages of services that somebody has looked up, each with the ids that have changed since; and in the same way that of
 * {@link PublishedListings#ALL_SERVICES}, whose ids are the services. Owned by {@link StoreVerticle}.
 *
 * <p>A page of which more than a quarter has changed is let go: making it anew costs about as much as splicing it, and a
 * service that nobody looks up any more is forgotten with its first few heartbeats.
 */
public final class ListingCache {
  private static final int CHANGES_MIN = 16;

  private final Registry registry;
  private final Map<String, Kept> kept = new HashMap<>();

  public ListingCache(Registry registry) {
    this.registry = registry;
  }

  private record Kept(ListingLayout sheet, SortedSet<String> changed) {
    Kept(ListingLayout sheet) {
      this(sheet, new TreeSet<>(Key.BYTE_ORDER));
    }
  }

  /** What is shown for {@code id} is not what the page of {@code service} says. */
  public void changed(String service, String id) {
    Kept page = kept.get(service);
    if (page != null) {
      page.changed.add(id);
      if (page.changed.size() > Math.max(CHANGES_MIN, page.sheet.size() / 4)) {
        kept.remove(service);
      }
    }
  }

  /** The page as it is now. One without instances is not kept: anybody may ask for any name. */
  public ListingLayout make(String service) {
    Kept before = kept.get(service);
    ListingLayout made =
        before == null ? look(service) : before.sheet.with(before.changed, id -> line(service, id));
    if (made.size() == 0) {
      kept.remove(service);
    } else {
      kept.put(service, new Kept(made));
    }
    return made;
  }

  /** The page as it is now, for one who will not come again. */
  public ListingLayout look(String service) {
    return ListingLayout.of(lines -> read(service, lines));
  }

  private void read(String service, BiConsumer<String, byte[]> lines) {
    if (service.equals(PublishedListings.ALL_SERVICES)) {
      registry
          .view()
          .instanceCounts()
          .forEach((name, instances) -> lines.accept(name, summary(instances)));
    } else {
      registry.view().forEachInstance(service, lines);
    }
  }

  private byte @Nullable [] line(String service, String id) {
    if (!service.equals(PublishedListings.ALL_SERVICES)) {
      return registry.view().document(new Key(service, id));
    }
    int instances = registry.view().instanceCount(id);
    return instances == 0 ? null : summary(instances);
  }

  private static byte[] summary(int instances) {
    return ("{\"instances\":" + instances + "}").getBytes(StandardCharsets.US_ASCII);
  }
}
