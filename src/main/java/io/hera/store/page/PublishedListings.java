package io.hera.store.page;

import io.hera.store.Store;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The finished listings that readers get, by service. Any thread reads them; the store verticle alone writes them.
 *
 * <p>A listing is made when a reader asks for it and there is none, and dropped in the turn that changes what it shows. So a
 * service without readers costs nothing, and one with many readers is encoded once per change. A listing is dropped before the
 * write that outdated it is acknowledged: a client that has the acknowledgement finds no listing or a newer one.
 */
public final class PublishedListings {
  /** Stands for the list of all services; no service has this name. */
  public static final String ALL_SERVICES = "";

  private final Map<String, Listing> pages = new ConcurrentHashMap<>();
  private final Map<String, String> etags = new ConcurrentHashMap<>();

  /** The page, or null when {@link Store#page} is to be asked for it. */
  public @Nullable Listing find(String service) {
    return pages.get(service);
  }

  /** The entity tag that the page has, if it was asked for since its content changed; it outlives the page. */
  public @Nullable String etag(String service) {
    return etags.get(service);
  }

  public void keep(String service, Listing page) {
    pages.put(service, page);
    etags.put(service, page.etag());
  }

  /** The page is not what is shown any more, although its content may be. */
  public void drop(String service) {
    pages.remove(service);
  }

  /** The content has changed. */
  public void outdate(String service) {
    etags.remove(service);
    pages.remove(service);
  }
}
