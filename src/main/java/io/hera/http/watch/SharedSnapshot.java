package io.hera.http.watch;

import io.hera.store.InstanceDocument;
import io.hera.store.ServiceDocuments;
import io.hera.store.Store;
import io.hera.store.page.ListingEncoder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The snapshot of all services, for all streams that begin at about the same time. Owned by
 * {@link Snapshots}.
 *
 * <p>It is made page by page, when the first stream comes to each page, and the others share the page. Pages are kept as far as
 * memory for them is there: a stream that reads more slowly than others has its pages made again. So each page is as of its own
 * turn of the store, which is later than {@link #number}; a stream gets all changes since {@link #number} but those that a page
 * includes.
 */
final class SharedSnapshot {
  private static final long BYTES_MAX = 8 << 20;
  private static final int SERVICES_MAX = 1_000;

  /** A page of so many instances is made by the event loop. */
  private static final int AT_ONCE_MAX = 2_000;

  private final Vertx vertx;
  private final Store store;
  private final long number;
  private final Future<List<String>> services;
  /** Index of the first service of a page → the page; the one used longest ago first. */
  private final Map<Integer, Future<Page>> pages = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;

  /** A snapshot that begins now, when {@code number} is that of the last change published. */
  SharedSnapshot(Vertx vertx, Store store, long number) {
    this.vertx = vertx;
    this.store = store;
    this.number = number;
    this.services = store.services().map(counts -> List.copyOf(counts.keySet()));
  }

  /**
   * Some services, next to each other.
   *
   * @param text of their members, as lines of data; empty if none has instances
   * @param services their names
   * @param change number of the last change that it includes
   * @param next index of the service that follows
   */
  record Page(Buffer text, List<String> services, long change, int next) {}

  /** Returns the number of the last change before it began. */
  long number() {
    return number;
  }

  /** Returns the page that begins with the service of this index; empty after the last service. */
  Future<Optional<Page>> page(int from) {
    return services.compose(names -> from >= names.size()
        ? Future.succeededFuture(Optional.empty())
        : kept(names, from).map(Optional::of));
  }

  private Future<Page> kept(List<String> names, int from) {
    Future<Page> known = pages.get(from);
    if (known != null && !known.failed()) {
      return known;
    }
    Future<Page> page = make(names, from);
    pages.put(from, page);
    return page.onSuccess(made -> {
      bytes += made.text.length();
      dropOldest();
    });
  }

  private Future<Page> make(List<String> names, int from) {
    return store
        .documents(names.subList(from, Math.min(names.size(), from + SERVICES_MAX)))
        .compose(some -> {
          int instances = some.stream().mapToInt(one -> one.instances().size()).sum();
          return instances <= AT_ONCE_MAX
              ? Future.succeededFuture(page(some, from))
              : vertx.executeBlocking(() -> page(some, from), false);
        });
  }

  private static Page page(List<ServiceDocuments> some, int from) {
    Buffer json = Buffer.buffer();
    for (ServiceDocuments service : some) {
      if (!service.instances().isEmpty()) {
        json.appendString(json.length() > 0 ? "," : "");
        ListingEncoder.text(json, service.service()).appendString(":{");
        instances(json, service.instances());
        json.appendString("}");
      }
    }
    return new Page(
        ServerEvent.lines(Buffer.buffer(), json),
        some.stream().map(ServiceDocuments::service).toList(),
        some.get(0).change(),
        from + some.size());
  }

  private static void instances(Buffer json, List<InstanceDocument> instances) {
    String separator = "";
    for (InstanceDocument instance : instances) {
      json.appendString(separator);
      ListingEncoder.text(json, instance.id()).appendString(":").appendBytes(instance.document());
      separator = ",";
    }
  }

  private void dropOldest() {
    Iterator<Future<Page>> oldest = pages.values().iterator();
    while (bytes > BYTES_MAX && oldest.hasNext()) {
      Future<Page> page = oldest.next();
      if (page.succeeded()) {
        bytes -= page.result().text.length();
        oldest.remove();
      }
    }
  }
}
