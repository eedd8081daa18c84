package io.hera.dns;

import io.hera.access.ServiceSet;
import io.hera.dns.Names.Addition;
import io.hera.dns.Target.Lack;
import io.hera.registry.View;
import io.hera.store.Changes;
import io.hera.store.LeftOut;
import io.hera.store.LoggedChange;
import io.hera.store.NextTurn;
import io.hera.store.Slices;
import io.hera.store.Store;
import io.hera.store.page.Subject;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps {@link Names} up to date: reads all services once the node is ready, and follows the changes. It has the services that strangers may read; a
 * change of that is followed by new names. One per DNS server, used on its context.
 */
final class Directory {
  private static final int SLICE = 100;
  /** What it costs to name a service, in looks. */
  private static final long LOOKS = 8;

  private final Store store;
  private final LeftOut leftOut;
  private final BooleanSupplier ready;
  private final Supplier<ServiceSet> readable;
  private final NextTurn nextTurn;
  private final Consumer<String> changed;
  /** All services. */
  private final Set<String> services = new HashSet<>();
  /** Services that have changed before all services were known. */
  private final Set<String> early = new HashSet<>();

  private Names names = new Names();
  /** Those that will replace the names, while they are being filled. */
  private Optional<Names> next = Optional.empty();

  private ServiceSet named = ServiceSet.ALL;
  private State state = State.WAITING;

  private enum State {
    /** The node is not ready. */
    WAITING,
    LOADING,
    LOADED
  }

  /**
   * A directory without services.
   *
   * @param ready whether the node knows the instances
   * @param readable the services that strangers may read now
   * @param changed is called with each service whose content has changed
   */
  Directory(
      Store store,
      LeftOut leftOut,
      BooleanSupplier ready,
      Supplier<ServiceSet> readable,
      NextTurn nextTurn,
      Consumer<String> changed) {
    this.store = store;
    this.leftOut = leftOut;
    this.ready = ready;
    this.readable = readable;
    this.nextTurn = nextTurn;
    this.changed = changed;
  }

  /** Follows the changes from now on, and reads the services as soon as the node is ready. */
  Future<Void> start() {
    return store
        .changes()
        .subscribe(this::follow)
        .compose(subscribed -> store.ready().subscribe(how -> begin()))
        .compose(subscribed -> begin());
  }

  /**
   * Returns whether it knows all services of a node that is ready. Changes are published a moment late, so names that are read before
   * might lack services of which the node has just heard: they would be denied.
   */
  boolean loaded() {
    return state == State.LOADED && ready.getAsBoolean();
  }

  private Future<Void> begin() {
    if (state != State.WAITING || !ready.getAsBoolean()) {
      return Future.succeededFuture();
    }
    state = State.LOADING;
    return store
        .serviceNames(View.Extent.SHOWN)
        .onSuccess(all -> load(all.services()))
        .onFailure(gone -> state = State.WAITING)
        .mapEmpty();
  }

  /** Returns the names of the services that strangers may read. */
  Names names() {
    ServiceSet now = readable.get();
    if (!now.equals(named) && state == State.LOADED) {
      named = now;
      rebuild();
    }
    return names;
  }

  /** Returns whether strangers may read a service now; names follow a change of that a little later. */
  boolean readable(String service) {
    return readable.get().test(service);
  }

  private void load(List<String> all) {
    named = readable.get();
    services.addAll(all);
    fill(names, all, () -> {
      state = State.LOADED;
      count(Set.copyOf(early));
      early.clear();
    });
  }

  private void rebuild() {
    Names filling = new Names();
    next = Optional.of(filling);
    fill(filling, List.copyOf(services), () -> {
      if (next.equals(Optional.of(filling))) {
        names = filling;
        next = Optional.empty();
      }
    });
  }

  /** Adds services in as many turns as that takes. */
  private void fill(Names some, List<String> all, Runnable done) {
    Slices<List<String>> slices = new Slices<>(nextTurn, part -> {
      part.stream().filter(services::contains).forEach(service -> name(some, service));
      if (part.isEmpty()) {
        done.run();
      }
      return part.size() * LOOKS * Slices.LOOK;
    });
    List<List<String>> work = new ArrayList<>();
    for (int from = 0; from < all.size(); from += SLICE) {
      work.add(all.subList(from, Math.min(from + SLICE, all.size())));
    }
    work.add(List.of());
    slices.add(work);
  }

  private void follow(Changes changes) {
    Set<String> moved = new HashSet<>();
    changes.subjects().forEach((subject, some) -> {
      if (subject instanceof Subject.Service service) {
        changed.accept(service.name());
        if (some.stream().anyMatch(Directory::movesCount)) {
          moved.add(service.name());
        }
      }
    });
    if (state == State.LOADED) {
      count(moved);
    } else {
      early.addAll(moved);
    }
  }

  private static boolean movesCount(LoggedChange change) {
    return change.change().before() == null || change.change().after() == null;
  }

  /** Asks whether services have instances, and adds or removes them. Replies come in the order of the questions. */
  private void count(Set<String> moved) {
    if (!moved.isEmpty()) {
      store.instanceCounts(List.copyOf(moved)).onSuccess(this::take);
    }
  }

  private void take(Map<String, Integer> counts) {
    counts.forEach((service, count) -> {
      if (count > 0) {
        services.add(service);
        name(names, service);
        next.ifPresent(filling -> name(filling, service));
      } else {
        services.remove(service);
        names.remove(service);
        next.ifPresent(filling -> filling.remove(service));
      }
    });
  }

  private void name(Names some, String service) {
    if (!named.test(service)) {
      return;
    }
    Addition addition = some.add(service);
    if (addition == Addition.AMBIGUOUS) {
      leftOut.count(Sheets.WAY, Lack.AMBIGUOUS, 1);
    } else if (addition == Addition.BAD_NAME) {
      leftOut.count(Sheets.WAY, Lack.BAD_NAME, 1);
    }
  }
}
