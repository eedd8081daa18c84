package io.hera.store;

import io.hera.registry.Key;
import io.hera.registry.View;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.util.List;
import java.util.Optional;

/** Asks the store, over the event bus, for many services at once, and for what operators look for. Part of {@link BusStore}. */
abstract class BusReads extends BusTopics {
  private final Verb<View.Extent, ServiceNames> serviceNames;
  private final Verb<DocumentsAsked, List<ServiceDocuments>> documents;
  private final Verb<Key, KeyEntries> keyEntries;
  private final Verb<EntriesAsked, ServiceEntries> serviceEntries;
  private final Verb<SearchRequest, Optional<SearchResult>> search;
  private final Verb<BeatListener, Beat> beat;

  BusReads(EventBus bus, String prefix) {
    super(bus, prefix);
    serviceNames = new Verb<>(bus, prefix + "serviceNames");
    documents = new Verb<>(bus, prefix + "documents");
    keyEntries = new Verb<>(bus, prefix + "keyEntries");
    serviceEntries = new Verb<>(bus, prefix + "serviceEntries");
    search = new Verb<>(bus, prefix + "search");
    beat = new Verb<>(bus, prefix + "beat");
  }

  /** Has these requests handled on the caller's context; completes when all are. */
  final Future<Void> bindReads(ReadTurns reads) {
    return Future.all(List.of(
            serviceNames.handleLater(reads::serviceNames),
            documents.handleLater(reads::documents),
            keyEntries.handle(reads.entries()::ofKey),
            serviceEntries.handleLater(reads.entries()::ofService),
            search.handleLater(reads.searches()::search),
            beat.handle(reads.beats()::take)))
        .mapEmpty();
  }

  @Override
  public final Future<ServiceNames> serviceNames(View.Extent extent) {
    return serviceNames.ask(extent);
  }

  @Override
  public final Future<List<ServiceDocuments>> documents(DocumentsAsked asked) {
    return documents.ask(asked);
  }

  @Override
  public final Future<KeyEntries> keyEntries(Key key) {
    return keyEntries.ask(key);
  }

  @Override
  public final Future<ServiceEntries> serviceEntries(EntriesAsked asked) {
    return serviceEntries.ask(asked);
  }

  @Override
  public final Future<Beat> beat(BeatListener listener) {
    return beat.ask(listener);
  }

  @Override
  public final Future<Optional<SearchResult>> search(SearchRequest request) {
    return search.ask(request);
  }
}
