package io.hera.client;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * A live view of the instances of a service. Thread-safe. Not for implementing: it may get methods in
 * minor versions.
 */
public interface ServiceView extends AutoCloseable {
  /** Returns the name of the service. */
  String service();

  /** Returns the conditions on its instances, in order. */
  List<Match> matches();

  /**
   * Returns the newest snapshot. Never blocks, never null: it is {@link Snapshot.Freshness#COLD} before
   * the first answer, and {@link Snapshot.Freshness#HELD} while no node answers.
   */
  Snapshot current();

  /**
   * Returns a stage that completes with the first answer. It fails with a {@link HeraException} if
   * there is none within {@link HeraSettings#withPatience}; the view goes on, and a later call may
   * succeed.
   */
  CompletionStage<Snapshot> first();

  /**
   * Calls a listener with the present snapshot, unless it is cold, and then after each change, on the
   * thread {@code hera-events}: in order, one call at a time. A slow listener gets the newest snapshot
   * only. An exception is logged, and ends nothing.
   *
   * @return ends the calls when it is closed
   */
  Subscription onChange(Consumer<Snapshot> listener);

  /**
   * Returns a publisher of the same snapshots. A subscriber without demand gets, when it asks, the
   * newest one only. It completes when the view is closed.
   */
  Flow.Publisher<Snapshot> publisher();

  /** Returns the balancer of this view, which chooses an instance for each call. */
  Balancer balancer();

  /** Closes the view; its last snapshot stays readable. The watch ends 5 min after its last view. */
  @Override
  void close();

  /** Ends the calls of a listener. */
  interface Subscription extends AutoCloseable {
    /** Ends the calls; one that runs already ends by itself. Idempotent. */
    @Override
    void close();
  }
}
