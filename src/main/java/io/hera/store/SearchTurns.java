package io.hera.store;

import io.hera.registry.InstanceWalk;
import io.hera.registry.KeyDocument;
import io.hera.registry.Registry;
import io.hera.store.page.Workers;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The searches through all instances. Owned by {@link ReadTurns}.
 *
 * <p>The store gathers references to some thousand documents, in parts, and a worker looks into them, in turn. So a search copies no
 * document, and holds the store up for less than a millisecond at a time, however many instances there are.
 */
final class SearchTurns {
  /** Searches at a time: each takes a processor. */
  static final int AT_ONCE_MAX = 2;

  /** Instances that are gathered before a worker looks into them, and bytes of their documents. */
  private static final int INSTANCES_MAX = 5_000;

  private static final long BYTES_MAX = 4 << 20;

  private final Registry registry;
  private final LongWork longWork;
  private final Workers workers;
  private int searches;

  SearchTurns(Registry registry, LongWork longWork, Workers workers) {
    this.registry = registry;
    this.longWork = longWork;
    this.workers = workers;
  }

  /** Returns the result; empty if there are so many searches already. */
  Future<Optional<SearchResult>> search(SearchRequest request) {
    if (searches >= AT_ONCE_MAX) {
      return Future.succeededFuture(Optional.empty());
    }
    InstanceWalk walk = registry.entries().walk(request.extent(), request.readable());
    Search search = new Search(request.text(), request.limit());
    searches++;
    return next(walk, search)
        .map(done -> Optional.of(search.result()))
        .onComplete(ended -> searches--);
  }

  private Future<Void> next(InstanceWalk walk, Search search) {
    return longWork
        .run(new Gathering(walk))
        .compose(some -> workers.run(() -> {
          search.look(some);
          return walk;
        }))
        .compose(looked -> looked.isPending() ? next(looked, search) : Future.succeededFuture());
  }

  /** Gathers the next instances, in parts. */
  private static final class Gathering implements LongWork.Parts<List<KeyDocument>> {
    private final InstanceWalk walk;
    private final List<KeyDocument> some = new ArrayList<>();
    private long bytes;
    private Optional<List<KeyDocument>> result = Optional.empty();

    Gathering(InstanceWalk walk) {
      this.walk = walk;
    }

    @Override
    public long next() {
      int before = some.size();
      walk.look(EntryTurns.LOOKS, some);
      some.subList(before, some.size()).forEach(one -> bytes += one.document().length);
      if (!walk.isPending() || some.size() >= INSTANCES_MAX || bytes >= BYTES_MAX) {
        result = Optional.of(some);
      }
      return LongWork.PART;
    }

    @Override
    public Optional<List<KeyDocument>> result() {
      return result;
    }
  }
}
