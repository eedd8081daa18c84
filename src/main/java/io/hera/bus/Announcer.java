package io.hera.bus;

import io.hera.registry.Change;
import io.hera.store.Changes;
import io.hera.store.LocalCodec;
import io.hera.store.LoggedChange;
import io.hera.store.page.PublishedListings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * Publishes changes to whoever listens: {@code hera.changes} and {@code hera.changes.<service>} within the process, {@code
 * hera.<node>.changes} to all members of a Vert.x that is clustered. Owned by {@link BusVerticle}.
 *
 * <p>Mostly nobody listens. So of each batch the first change is published, and the others only if somebody got it: whoever
 * begins to listen later has missed no change that comes later.
 */
final class Announcer {
  /** A change becomes JSON for each who gets it, when it looks at it. */
  private static final LocalCodec<Change, JsonObject> CODEC =
      new LocalCodec<>("hera.change", Announcer::json);

  private static final DeliveryOptions LOCAL =
      new DeliveryOptions().setLocalOnly(true).setCodecName(CODEC.name());

  private final EventBus bus;
  private final String ownAddress;
  private final boolean clustered;

  Announcer(Vertx vertx, String node) {
    this.bus = vertx.eventBus();
    this.ownAddress = "hera." + node + ".changes";
    this.clustered = vertx.isClustered();
    CODEC.registerAt(bus);
  }

  void announce(Changes told) {
    List<Change> all = told.changes().stream().map(LoggedChange::change).toList();
    told.services().forEach((service, first) -> {
      boolean everything = service.equals(PublishedListings.ALL_SERVICES);
      String address = everything ? "hera.changes" : "hera.changes." + service;
      announce(address, all.subList(first, all.size()), service);
    });
    if (clustered) {
      all.forEach(change -> bus.publish(ownAddress, json(change)));
    } else {
      announce(ownAddress, all, PublishedListings.ALL_SERVICES);
    }
  }

  /** Those of the changes that are of the service, of which the first one is. */
  private void announce(String address, List<Change> changes, String service) {
    MessageProducer<Change> publisher = bus.publisher(address, LOCAL);
    if (publisher.write(changes.get(0)).failed()) {
      return;
    }
    for (Change change : changes.subList(1, changes.size())) {
      if (service.equals(PublishedListings.ALL_SERVICES)
          || service.equals(change.key().service())) {
        publisher.write(change);
      }
    }
  }

  /** The change as a message; {@code instance} is the document shown now, or the last one. */
  private static JsonObject json(Change change) {
    byte[] after = change.after();
    byte[] shown = after == null ? change.before() : after;
    JsonObject json = new JsonObject()
        .put("type", change.kind().name().toLowerCase(Locale.ROOT))
        .put("service", change.key().service())
        .put("id", change.key().id())
        .put("origin", change.origin());
    return shown == null ? json : json.put("instance", new JsonObject(Buffer.buffer(shown)));
  }
}
