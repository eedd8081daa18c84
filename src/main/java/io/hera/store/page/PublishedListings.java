package io.hera.store.page;

import io.hera.store.Store;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What readers see: finished pages by service, and whether the node is ready. The only memory that threads share.
 *
 * <p>One writer, the store verticle, and any reader. A page is made when somebody asks for it and there is none, and dropped
 * in the turn in which what it shows changes, so a service that nobody looks up costs nothing and one that is looked up often
 * is encoded once a change. A page is dropped before the write that changed it is acknowledged: whoever has the
 * acknowledgement finds either no page or a newer one.
 */
public final class PublishedListings {
  /** Stands for the list of all services; no service has this name. */
  public static final String ALL_SERVICES = "";

  private final Map<String, Listing> pages = new ConcurrentHashMap<>();
  private final Map<String, String> etags = new ConcurrentHashMap<>();
  private volatile boolean recovered;
  private volatile boolean serving = true;

  /** The page, or null when {@link Store#page} is to be asked for it. */
  public @Nullable Listing find(String service) {
    return pages.get(service);
  }

  /** The entity tag that the page has, if it was asked for since its content changed; it outlives the page. */
  public @Nullable String etag(String service) {
    return etags.get(service);
  }

  /** Whether the node is to be sent writes: it has recovered (PROTOCOL P7), and its server is there to stay. */
  public boolean ready() {
    return recovered && serving;
  }

  /** The server begins or ceases to take requests; whoever asks for the node's health is to go elsewhere then. */
  public void serving(boolean serving) {
    this.serving = serving;
  }

  /** Whether the server is there to stay. */
  public boolean serving() {
    return serving;
  }

  public void recovered() {
    recovered = true;
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
