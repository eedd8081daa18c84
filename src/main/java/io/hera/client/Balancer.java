package io.hera.client;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Chooses an instance for each call. Thread-safe; no method blocks, or waits for a lock. Not for
 * implementing: it may get methods in minor versions.
 *
 * <pre>{@code
 * try (Balancer.Pick pick = balancer.pick().orElseThrow()) {
 *   send(pick.uri("/orders/7"));      // a failure of the call is reported by pick.failed(why)
 * }
 * }</pre>
 */
public interface Balancer {
  /**
   * Returns a balancer over any source of snapshots, for adapters and tests; {@link
   * ServiceView#balancer} has that of a view.
   *
   * @param snapshots returns the newest snapshot, never null; another object only if something changed
   * @param place of the caller
   * @param nanos a monotonic clock, such as {@code System::nanoTime}
   * @param bits returns 64 random bits; any thread may ask
   */
  static Balancer over(
      Supplier<Snapshot> snapshots, Locality place, LongSupplier nanos, LongSupplier bits) {
    return new TwoChoices(snapshots, place, nanos, bits);
  }

  /**
   * Returns whether a call failed before it had a connection. Then its instance has seen nothing of it,
   * and even a call that is not idempotent may be repeated.
   */
  static boolean nothingWasSent(Throwable why) {
    return CallHealth.isConnect(why);
  }

  /** Returns an instance for one call; empty if there is none that may be called. Takes less than 1 µs. */
  Optional<Pick> pick();

  /**
   * Returns the instance of a key, such as the number of a customer: equal keys get the same instance
   * at all clients, as long as it is there; if another one comes or goes, few keys move. Its load does
   * not count. Takes some nanoseconds for each instance of the service.
   */
  Optional<Pick> pick(String key);

  /**
   * Returns an instance other than these, to repeat a call; empty if there is none that may be called.
   *
   * @param ids of the instances that have failed
   */
  Optional<Pick> pickNot(Set<String> ids);

  /**
   * One call of one instance. It counts as in flight until its first {@link #close}, {@link #failed} or
   * {@link #abandon}; all later calls of these are ignored. Any thread may end it.
   */
  interface Pick extends AutoCloseable {
    /** Returns the instance. */
    Instance instance();

    /**
     * Returns the URL of a resource of the instance, such as {@code http://10.0.0.7:8080/orders/7}. The
     * scheme is the member {@code scheme} of its document, or {@code http}.
     *
     * @param pathAndQuery encoded; begins with {@code /}
     * @throws IllegalArgumentException if it does not, or is not encoded
     * @throws IllegalStateException if the document has no address
     */
    URI uri(String pathAndQuery);

    /**
     * Ends the call as a failure of the instance. An instance that cannot be connected to, or fails three
     * times in a row, is not chosen for a second, or longer if that goes on. An answer such as 500
     * is a failure only if you say so.
     */
    void failed(Throwable why);

    /**
     * Ends the call without a judgement on the instance: the caller has given it up, or does not know
     * how it went.
     */
    void abandon();

    /** Ends the call as a success, unless it has ended. */
    @Override
    void close();
  }
}
