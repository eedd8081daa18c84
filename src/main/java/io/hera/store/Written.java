package io.hera.store;

import java.util.Optional;

/**
 * The notification that peers can get something that they could not get before.
 *
 * @param answer to the peers that were answered with nothing the last time; empty if there is none
 */
public record Written(Optional<Answer> answer) {
  /**
   * An answer that is there already, so that the store need not be asked for it.
   *
   * @param request of a peer that was admitted before
   */
  public record Answer(DeltaRequest request, DeltaResponse response) {}

  /** Returns the answer to a repeated request; empty if the store is to be asked for it. */
  public Optional<DeltaResponse> answerTo(DeltaRequest repeated) {
    return answer.filter(one -> one.request.equals(repeated)).map(Answer::response);
  }
}
