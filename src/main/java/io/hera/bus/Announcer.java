package io.hera.bus;

import io.hera.registry.Change;
import io.hera.store.Changes;
import io.hera.store.LocalCodec;
import io.hera.store.LoggedChange;
import io.hera.store.page.Subject;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes changes at {@code hera.changes} and {@code hera.changes.<service>} within the process, and at {@code
 * hera.<node>.changes} to all members of an event-bus cluster. Owned by {@link BusVerticle}.
 *
 * <p>Mostly there is no listener. So of each batch the first change is published, and the others only if a listener got it. A
 * listener that begins later misses no change that comes later.
 */
final class Announcer {
  private static final Logger log = LoggerFactory.getLogger(Announcer.class);

  /** Each listener gets the change as JSON of its own, made when it reads the message. */
  private static final LocalCodec<Change, JsonObject> CODEC =
      new LocalCodec<>("hera.change", Announcer::json);

  private static final DeliveryOptions LOCAL =
      new DeliveryOptions().setLocalOnly(true).setCodecName(CODEC.name());

  private final EventBus bus;
  private final String ownAddress;
  private final boolean clustered;

  Announcer(Vertx vertx, String node, BusVerticle.Reach reach) {
    this.bus = vertx.eventBus();
    this.ownAddress = "hera." + node + ".changes";
    this.clustered = vertx.isClustered() && reach == BusVerticle.Reach.CLUSTER;
    CODEC.registerAt(bus);
  }

  void announce(Changes batch) {
    batch.subjects().forEach((subject, changes) -> {
      String address = subject instanceof Subject.Service service
          ? "hera.changes." + service.name()
          : "hera.changes";
      announce(address, changes);
    });
    if (clustered) {
      batch.changes().forEach(logged -> publish(logged.change()));
    } else {
      announce(ownAddress, batch.changes());
    }
  }

  /** Publishes a change to the cluster. One that cannot be encoded takes no other along. */
  private void publish(Change change) {
    try {
      bus.publish(ownAddress, json(change));
    } catch (RuntimeException defect) {
      notPublished(change, defect);
    }
  }

  /** Publishes the changes at an address. */
  private void announce(String address, List<LoggedChange> changes) {
    MessageProducer<Change> publisher = bus.publisher(address, LOCAL);
    if (hasListener(publisher, changes.get(0).change())) {
      changes.subList(1, changes.size()).forEach(logged -> hasListener(publisher, logged.change()));
    }
  }

  /** Publishes a change, which is decoded now, for each listener; returns whether there is one. */
  private static boolean hasListener(MessageProducer<Change> publisher, Change change) {
    try {
      return !publisher.write(change).failed();
    } catch (RuntimeException defect) {
      notPublished(change, defect);
      return true;
    }
  }

  private static void notPublished(Change change, RuntimeException defect) {
    log.error(
        "change not published service={} id={}",
        change.key().service(),
        change.key().id(),
        defect);
  }

  /** Returns the change as a message; {@code instance} is the document shown now, or else the last one. */
  private static JsonObject json(Change change) {
    byte[] after = change.after();
    byte[] shown = after == null ? change.before() : after;
    JsonObject json = new JsonObject()
        .put("type", change.kind().word())
        .put("service", change.key().service())
        .put("id", change.key().id())
        .put("origin", change.origin());
    return shown == null ? json : json.put("instance", DocumentReader.read(shown));
  }
}
