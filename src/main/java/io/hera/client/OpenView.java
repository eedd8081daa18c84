package io.hera.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The view that an application has opened. Thread-safe. */
final class OpenView implements ServiceView {
  private final WatchView shared;
  private final Watches watches;
  private final Terms terms;
  private final List<Runnable> atEnd = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** How a view waits, and why its nodes do not answer. */
  record Terms(Duration patience, Supplier<String> reasons, Ending ending) {}

  OpenView(WatchView shared, Watches watches, Terms terms) {
    this.shared = shared;
    this.watches = watches;
    this.terms = terms;
  }

  @Override
  public String service() {
    return shared.service().name();
  }

  @Override
  public List<Match> matches() {
    return shared.service().matches();
  }

  @Override
  public Snapshot current() {
    return shared.current();
  }

  @Override
  public CompletionStage<Snapshot> first() {
    return shared.first(terms);
  }

  @Override
  public Subscription onChange(Consumer<Snapshot> listener) {
    AtomicBoolean over = new AtomicBoolean();
    Conflated<Snapshot> added = shared.listen(snapshot -> {
      if (!over.get()) {
        listener.accept(snapshot);
      }
    });
    Runnable end = () -> {
      over.set(true);
      shared.leave(added);
    };
    atEnd.add(end);
    return () -> {
      atEnd.remove(end);
      end.run();
    };
  }

  @Override
  public Flow.Publisher<Snapshot> publisher() {
    return this::subscribe;
  }

  private void subscribe(Flow.Subscriber<? super Snapshot> subscriber) {
    SnapshotSubscription subscription = new SnapshotSubscription(subscriber, shared.events());
    subscriber.onSubscribe(subscription);
    if (terms.ending().isOver()) {
      subscription.cancel();
      subscriber.onComplete();
      return;
    }
    Subscription changes = onChange(subscription::offer);
    Runnable end = subscription::complete;
    atEnd.add(end);
    terms.ending().add(end);
    subscription.atCancel(() -> {
      changes.close();
      atEnd.remove(end);
      terms.ending().remove(end);
    });
  }

  @Override
  public Balancer balancer() {
    return shared.balancer();
  }

  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      atEnd.forEach(Runnable::run);
      watches.leave(shared.service());
    }
  }
}
