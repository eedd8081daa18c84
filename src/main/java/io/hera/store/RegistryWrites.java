package io.hera.store;

import io.hera.registry.Change;
import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.registry.Registry;
import io.hera.store.page.Listing;
import java.util.Optional;

/** The writes of clients to the {@link Registry}. Owned by {@link StoreTurns}. */
final class RegistryWrites {
  private final Registry registry;
  private final Readiness readiness;
  /** The write under way, if it is observed. */
  private Optional<Write.Observed> observed = Optional.empty();

  private Optional<Write.By> acting = Optional.empty();
  /** The key of the PUT under way, until it has made an instance. */
  private Optional<Key> registering = Optional.empty();

  private long registrations;
  private long renewals;
  private long removals;

  RegistryWrites(Registry registry, Readiness readiness) {
    this.registry = registry;
    this.readiness = readiness;
  }

  /** Does a write. */
  Outcome write(Write write) {
    if (write instanceof Write.Put put) {
      return put(put);
    }
    if (write instanceof Write.Renew renew) {
      return renewed(registry.renew(renew.key(), renew.ttlMillis()));
    }
    if (write instanceof Write.By by) {
      return writeBy(by);
    }
    if (write instanceof Write.Shown shown) {
      return writeShown(shown);
    }
    if (write instanceof Write.Conditional conditional) {
      return writeIfItHolds(conditional);
    }
    if (write instanceof Write.Observed wanted) {
      return writeObserved(wanted);
    }
    return removed(registry.remove(write.key()));
  }

  private Outcome put(Write.Put put) {
    registering = Optional.of(put.key());
    Outcome outcome = registry.put(put.key(), put.document(), put.ttlMillis());
    boolean registered = registering.isEmpty();
    registering = Optional.empty();
    if (outcome.isDone() && registered) {
      registrations++;
      return outcome;
    }
    return renewed(outcome);
  }

  private Outcome renewed(Outcome outcome) {
    renewals += outcome.isDone() ? 1 : 0;
    return outcome;
  }

  private Outcome removed(Outcome outcome) {
    removals += outcome.isDone() ? 1 : 0;
    return outcome;
  }

  /** Returns the writes that were done. */
  AcceptedWrites accepted() {
    return new AcceptedWrites(registrations, renewals, removals);
  }

  /** Notes that content has changed, within a write or not. Of a write that a drain hides, the first notice counts (P18). */
  void changed(Change change) {
    if (change.kind() == Change.Kind.REGISTERED
        && registering.filter(change.key()::equals).isPresent()) {
      registering = Optional.empty();
    }
    if (observed.isPresent() && observed.get().key().equals(change.key())) {
      observed.get().observer().accept(change.kind());
      observed = Optional.empty();
    }
  }

  /** Returns the write under way, if its author is known. */
  Optional<Write.By> acting() {
    return acting;
  }

  private Outcome writeBy(Write.By by) {
    acting = Optional.of(by);
    try {
      return write(by.write());
    } finally {
      acting = Optional.empty();
    }
  }

  private Outcome writeShown(Write.Shown shown) {
    Outcome outcome = write(shown.write());
    if (outcome.isDone()) {
      registry.view().renewed(shown.key()).ifPresent(shown.reader());
    }
    return outcome;
  }

  private Outcome writeObserved(Write.Observed wanted) {
    observed = Optional.of(wanted);
    try {
      return write(wanted.write());
    } finally {
      observed = Optional.empty();
    }
  }

  /** A node that is not synchronised does not know what a condition speaks of (P7). */
  private Outcome writeIfItHolds(Write.Conditional conditional) {
    if (!readiness.synchronised()) {
      return Outcome.RECOVERING;
    }
    Optional<String> shown = Optional.ofNullable(registry.instance(conditional.key()))
        .map(view -> Listing.etag(view.content()));
    return conditional.condition().test(shown)
        ? write(conditional.write())
        : Outcome.PRECONDITION_FAILED;
  }
}
