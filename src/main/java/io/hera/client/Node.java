package io.hera.client;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * One node as the client knows it. The loop changes it; {@link #health} may be read by any thread.
 */
final class Node {
  /** Which version of Hera the node has, as its answers say. */
  enum Kind {
    UNKNOWN,
    HERA,
    /** A node of 2012: no ETag, no waiting, no renewal without a document. */
    OF_2012
  }

  /**
   * How the node has answered.
   *
   * @param asideUntil nanoseconds; before that it is not used if another one can be
   * @param failures in a row
   * @param answeredAt nanoseconds of the last answer, if there was one
   * @param lastError of the last request that failed, also if later ones were answered
   * @param retries requests that were repeated elsewhere or on a new connection
   */
  record Health(
      long asideUntil,
      int failures,
      Optional<Long> answeredAt,
      Optional<String> lastError,
      long retries) {
    Health answered(long nanos) {
      return new Health(nanos, 0, Optional.of(nanos), lastError, retries);
    }

    Health failed(long until, String why) {
      return new Health(until, failures + 1, answeredAt, Optional.of(why), retries);
    }

    Health retried() {
      return new Health(asideUntil, failures, answeredAt, lastError, retries + 1);
    }
  }

  final URI uri;
  final int rank;
  final long score;
  private volatile Kind kind = Kind.UNKNOWN;
  private volatile Health health;

  /**
   * Creates a node that has not been asked.
   *
   * @param score the higher, the earlier it is used within its rank
   */
  Node(URI uri, int rank, long score, long nanos) {
    this.uri = uri;
    this.rank = rank;
    this.score = score;
    this.health = new Health(nanos, 0, Optional.empty(), Optional.empty(), 0);
  }

  Kind kind() {
    return kind;
  }

  Health health() {
    return health;
  }

  boolean isAside(long nanos) {
    return health.failures() > 0 && health.asideUntil() - nanos > 0;
  }

  void answered(long nanos, Kind as) {
    kind = as;
    health = health.answered(nanos);
  }

  void failed(long nanos, Duration aside, String why) {
    health = health.failed(nanos + aside.toNanos(), why);
  }

  void retried() {
    health = health.retried();
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
