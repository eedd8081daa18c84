package io.hera.client;

/** How a request to one node has ended. */
sealed interface Outcome {
  /** The node has answered, and speaks for itself: a success, or a refusal of this request. */
  record Answered(Answer answer) implements Outcome {}

  /**
   * The node cannot serve now, and was put aside; another one may.
   *
   * @param unanswered whether the node may have acted upon the request all the same
   */
  record Away(HeraProblem problem, boolean unanswered) implements Outcome {}
}
