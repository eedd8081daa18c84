package io.hera.store;

import io.hera.registry.Silence;
import io.hera.store.history.HistoryEvent;
import io.vertx.core.eventbus.EventBus;
import java.util.List;

/** What the store publishes over the event bus, one address per topic. Part of {@link BusStore}. */
abstract class BusTopics implements Store {
  private final Topic<String> ready;
  private final Topic<PeerMet> peersMet;
  private final Topic<String> redrawn;
  private final Topic<Written> writes;
  private final Topic<Changes> changes;
  private final Topic<Silence> silences;
  private final Topic<List<HistoryEvent>> events;

  BusTopics(EventBus bus, String prefix) {
    ready = new Topic<>(bus, prefix + "ready");
    peersMet = new Topic<>(bus, prefix + "peers-met");
    redrawn = new Topic<>(bus, prefix + "redrawn");
    writes = new Topic<>(bus, prefix + "writes");
    changes = new Topic<>(bus, prefix + "changes");
    silences = new Topic<>(bus, prefix + "silences");
    events = new Topic<>(bus, prefix + "new-events");
  }

  @Override
  public final Topic<String> ready() {
    return ready;
  }

  @Override
  public final Topic<PeerMet> peersMet() {
    return peersMet;
  }

  @Override
  public final Topic<String> redrawn() {
    return redrawn;
  }

  @Override
  public final Topic<Written> writes() {
    return writes;
  }

  @Override
  public final Topic<Changes> changes() {
    return changes;
  }

  @Override
  public final Topic<Silence> silences() {
    return silences;
  }

  @Override
  public final Topic<List<HistoryEvent>> events() {
    return events;
  }
}
