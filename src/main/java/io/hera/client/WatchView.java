package io.hera.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What the views of one watch share: its newest snapshot, and those that wait for one. Any thread may
 * read and listen; the loop changes it.
 */
final class WatchView implements Watch.Follower {
  private final WatchedService service;
  private final Loop loop;
  private final Worker events;
  private final Consumer<Snapshot> report;
  private final List<Conflated<Snapshot>> listeners = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<Snapshot>> waiting = new ArrayList<>();
  private final Balancer balancer;
  private volatile Snapshot current;
  private volatile Optional<HeraProblem> problem = Optional.empty();

  WatchView(
      WatchedService service, Machinery machinery, Locality place, Consumer<Snapshot> report) {
    this.service = service;
    this.loop = machinery.loop();
    this.events = machinery.events();
    this.report = report;
    this.current = Snapshot.cold(service.name(), loop.nanos());
    this.balancer = new TwoChoices(this::current, place, loop::nanos, machinery.random()::nextLong);
  }

  WatchedService service() {
    return service;
  }

  Snapshot current() {
    return current;
  }

  @Override
  public void shows(Snapshot snapshot) {
    boolean sameToListeners = snapshot.looksLike(current);
    current = snapshot;
    if (snapshot.freshness() == Snapshot.Freshness.COLD) {
      return;
    }
    problem = Optional.empty();
    List<CompletableFuture<Snapshot>> ready = List.copyOf(waiting);
    waiting.clear();
    ready.forEach(one -> events.execute(() -> one.complete(snapshot)));
    if (!sameToListeners) {
      listeners.forEach(listener -> listener.offer(snapshot));
      report.accept(snapshot);
    }
  }

  @Override
  public void refused(HeraProblem why) {
    problem = Optional.of(why);
  }

  /** Returns a future of the first answer; it fails after the patience, with the reasons at that time. */
  CompletableFuture<Snapshot> first(OpenView.Terms terms) {
    CompletableFuture<Snapshot> first = terms.ending().future();
    loop.execute(() -> {
      Snapshot now = current;
      if (now.freshness() != Snapshot.Freshness.COLD) {
        events.execute(() -> first.complete(now));
        return;
      }
      waiting.add(first);
      loop.after(terms.patience(), () -> {
        if (waiting.removeIf(one -> one == first)) {
          HeraProblem why =
              problem.orElseGet(() -> HeraProblem.unanswered(terms.reasons().get()));
          events.execute(() -> first.completeExceptionally(new HeraException(why)));
        }
      });
    });
    return first;
  }

  /** Returns the balancer, which counts the calls of all views. */
  Balancer balancer() {
    return balancer;
  }

  Worker events() {
    return events;
  }

  /** Adds a listener, which gets the present snapshot first. */
  Conflated<Snapshot> listen(Consumer<Snapshot> listener) {
    Conflated<Snapshot> added = new Conflated<>(events, listener);
    loop.execute(() -> {
      listeners.add(added);
      if (current.freshness() != Snapshot.Freshness.COLD) {
        added.offer(current);
      }
    });
    return added;
  }

  void leave(Conflated<Snapshot> listener) {
    loop.execute(() -> listeners.remove(listener));
  }
}
