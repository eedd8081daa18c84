package io.hera.store;

import io.hera.registry.Entries;
import io.hera.registry.InstanceEntry;
import io.hera.registry.Key;
import io.hera.registry.Registry;
import io.hera.registry.Soonest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** The reads of entries with their times, for operators. Owned by {@link ReadTurns}. */
final class EntryTurns {
  /** Entries that one part of long work looks at: a fraction of a millisecond. */
  static final int LOOKS = (int) (LongWork.PART / Slices.LOOK);

  private final Registry registry;
  private final LongWork longWork;

  EntryTurns(Registry registry, LongWork longWork) {
    this.registry = registry;
    this.longWork = longWork;
  }

  KeyEntries ofKey(Key key) {
    Entries entries = registry.entries();
    return new KeyEntries(registry.nowMillis(), entries.of(key));
  }

  Future<ServiceEntries> ofService(EntriesAsked asked) {
    return asked instanceof EntriesAsked.OfIds some
        ? Future.succeededFuture(ofIds(some))
        : longWork.run(new Looking((EntriesAsked.Soonest) asked));
  }

  private ServiceEntries ofIds(EntriesAsked.OfIds asked) {
    Entries entries = registry.entries();
    return reply(
        asked,
        asked.ids().stream()
            .map(id -> entries.instance(new Key(asked.service(), id), asked.extent()))
            .flatMap(Optional::stream)
            .toList());
  }

  private ServiceEntries reply(EntriesAsked asked, List<InstanceEntry> entries) {
    return new ServiceEntries(
        registry.nowMillis(),
        registry.view().content(asked.service()),
        registry.view().instanceCount(asked.service()),
        entries);
  }

  /** A search for the instances that expire first, in parts. */
  private final class Looking implements LongWork.Parts<ServiceEntries> {
    private final EntriesAsked.Soonest asked;
    private final Soonest soonest;
    private Optional<ServiceEntries> result = Optional.empty();

    Looking(EntriesAsked.Soonest asked) {
      this.asked = asked;
      this.soonest = registry.entries().soonest(asked.service(), asked.extent(), asked.limit());
    }

    @Override
    public long next() {
      if (!soonest.look(LOOKS)) {
        registry.entries(); // a new turn: instances that are due by now are not in the reply
        result = Optional.of(reply(asked, soonest.found()));
      }
      return LongWork.PART;
    }

    @Override
    public Optional<ServiceEntries> result() {
      return result;
    }
  }
}
