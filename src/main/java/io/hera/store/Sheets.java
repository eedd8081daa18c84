package io.hera.store;

import io.hera.registry.Key;
import io.hera.registry.Registry;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The pages of services that somebody has looked up, each with the ids that have changed since. Owned by {@link StoreVerticle}.
 *
 * <p>A page of which more than a quarter has changed is let go: making it anew costs about as much as splicing it, and a
 * service that nobody looks up any more is forgotten with its first few heartbeats.
 */
final class Sheets {
  private static final int CHANGES_MIN = 16;

  private final Registry registry;
  private final Map<String, Kept> kept = new HashMap<>();

  Sheets(Registry registry) {
    this.registry = registry;
  }

  private record Kept(Sheet sheet, SortedSet<String> changed) {
    Kept(Sheet sheet) {
      this(sheet, new TreeSet<>(Key.BYTE_ORDER));
    }
  }

  /** What is shown for the instance is not what the service's page says. */
  void changed(Key key) {
    Kept page = kept.get(key.service());
    if (page != null) {
      page.changed.add(key.id());
      if (page.changed.size() > Math.max(CHANGES_MIN, page.sheet.size() / 4)) {
        kept.remove(key.service());
      }
    }
  }

  /** The page as it is now. One without instances is not kept: anybody may ask for any name. */
  Sheet make(String service) {
    Kept before = kept.get(service);
    Sheet made = before == null
        ? Sheet.of(lines -> registry.forEach(service, lines))
        : spliced(service, before);
    if (made.size() == 0) {
      kept.remove(service);
    } else {
      kept.put(service, new Kept(made));
    }
    return made;
  }

  private Sheet spliced(String service, Kept before) {
    return before.sheet.with(before.changed, id -> registry.shown(new Key(service, id)));
  }
}
