package io.hera.gossip;

/**
 * How DNS answers.
 *
 * @param error why it failed last; empty if it did not
 * @param failures since the start
 * @param answeredMillis when it last gave addresses, 0 if never
 */
public record Resolution(State state, String error, long failures, long answeredMillis) {
  /** The last answer. */
  public enum State {
    /** None yet. */
    UNKNOWN,
    /** Addresses. */
    ANSWERS,
    /** No addresses. */
    EMPTY,
    /** A failure. */
    FAILS
  }
}
