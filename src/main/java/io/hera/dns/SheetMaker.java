package io.hera.dns;

import io.hera.registry.View;
import io.hera.store.DocumentsAsked;
import io.hera.store.InstanceDocument;
import io.hera.store.ServiceDocuments;
import io.hera.store.Store;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;

/**
 * Makes the records of services, of each service one sheet at a time: however often a large service changes, it keeps one worker busy
 * at most. Owned by {@link Sheets}.
 */
final class SheetMaker {
  /** Documents of so many bytes are read in less than a millisecond; more are read by a worker. */
  private static final long BYTES_AT_ONCE = 32 << 10;
  /** What it costs to read an instance besides its document, in bytes. */
  private static final long INSTANCE = 256;

  private final Context context;
  private final Store store;
  private final Name domain;
  /** Services of which a sheet is being made → the next one, if that is wanted. */
  private final Map<String, Optional<Promise<Sheet>>> making = new HashMap<>();

  SheetMaker(Context context, Store store, Name domain) {
    this.context = context;
    this.store = store;
    this.domain = domain;
  }

  /** Returns records of a service that are read from now on. */
  Future<Sheet> make(String service) {
    Optional<Promise<Sheet>> next = making.get(service);
    if (next == null) {
      return begin(service);
    }
    Promise<Sheet> wanted = next.orElseGet(Promise::promise);
    making.put(service, Optional.of(wanted));
    return wanted.future();
  }

  private Future<Sheet> begin(String service) {
    making.put(service, Optional.empty());
    return store
        .documents(new DocumentsAsked(List.of(service), View.Extent.SHOWN))
        .compose(found -> read(service, found.get(0)))
        .onComplete(made -> ended(service));
  }

  private void ended(String service) {
    Optional<Promise<Sheet>> next = making.remove(service);
    if (next != null) {
      next.ifPresent(wanted -> begin(service).onComplete(wanted));
    }
  }

  private Future<Sheet> read(String service, ServiceDocuments found) {
    Name name = name(service);
    List<InstanceDocument> instances = found.instances();
    long size = instances.stream()
        .mapToLong(instance -> INSTANCE + instance.document().length)
        .sum();
    return size <= BYTES_AT_ONCE
        ? Future.succeededFuture(new Sheet(name, instances))
        : context.executeBlocking(() -> new Sheet(name, instances), false);
  }

  /** Returns the name of a service; if that is too long, one that is too long for each of its instances. */
  private Name name(String service) {
    try {
      return Domain.service(service, domain);
    } catch (NameTooLongException tooLong) {
      return Domain.LONGEST;
    }
  }
}
