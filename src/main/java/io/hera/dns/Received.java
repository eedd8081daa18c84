package io.hera.dns;

/** A message from a client, read. */
sealed interface Received {
  /** A question that is understood. */
  record Question(Query query) implements Received {}

  /**
   * One that is answered with a header only.
   *
   * @param id of the message
   * @param flags bytes 2 and 3 of its header
   */
  record Faulty(int id, int flags, int rcode) implements Received {}

  /** One that gets no answer: it is an answer itself, or too short for a header. */
  record Ignored() implements Received {}
}
