package io.hera.client;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Hands snapshots to a subscriber as it asks for them: the newest one, and each once. Values and the
 * end come on the events' thread; demand comes on any thread.
 */
final class SnapshotSubscription implements Flow.Subscription {
  /** The state; it is replaced as a whole. */
  private record State(long demand, Optional<Snapshot> waiting, boolean ended) {}

  private final Flow.Subscriber<? super Snapshot> subscriber;
  private final Worker events;
  private final AtomicReference<State> state =
      new AtomicReference<>(new State(0, Optional.empty(), false));
  private volatile Runnable atCancel = () -> {};

  SnapshotSubscription(Flow.Subscriber<? super Snapshot> subscriber, Worker events) {
    this.subscriber = subscriber;
    this.events = events;
  }

  /** Sets what follows the end; it runs at once if the subscriber has cancelled already. */
  void atCancel(Runnable then) {
    atCancel = then;
    if (Objects.requireNonNull(state.get()).ended()) {
      then.run();
    }
  }

  /** Has the subscriber get this snapshot, unless a newer one comes first. */
  void offer(Snapshot snapshot) {
    state.updateAndGet(now -> new State(now.demand(), Optional.of(snapshot), now.ended()));
    deliver();
  }

  @Override
  public void request(long count) {
    if (count <= 0) {
      end(() -> subscriber.onError(
          new IllegalArgumentException("request: " + count + " is not positive")));
      return;
    }
    state.updateAndGet(now -> new State(
        Long.MAX_VALUE - count < now.demand() ? Long.MAX_VALUE : now.demand() + count,
        now.waiting(),
        now.ended()));
    events.execute(this::deliver);
  }

  @Override
  public void cancel() {
    end(() -> {});
  }

  /** The view is closed. */
  void complete() {
    end(subscriber::onComplete);
  }

  private void end(Runnable last) {
    State before = state.getAndUpdate(now -> new State(0, Optional.empty(), true));
    if (!before.ended()) {
      atCancel.run();
      events.execute(() -> Conflated.safely(last));
    }
  }

  /** On the events' thread, which takes one value at a time. */
  private void deliver() {
    State before = state.getAndUpdate(
        now -> isDue(now) ? new State(now.demand() - 1, Optional.empty(), false) : now);
    if (isDue(before)) {
      before.waiting().ifPresent(snapshot -> Conflated.safely(() -> subscriber.onNext(snapshot)));
    }
  }

  private static boolean isDue(State state) {
    return state.demand() > 0 && state.waiting().isPresent() && !state.ended();
  }
}
