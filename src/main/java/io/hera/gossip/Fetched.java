package io.hera.gossip;

/**
 * What one exchange brought.
 *
 * @param quarantined entries dropped for being malformed
 * @param wireBytes of the body, as it was received
 * @param wallMillis unix time of this node, in the middle of the round trip
 * @param roundTripMillis from the request to the head of the answer
 */
record Fetched(
    Answer answer, int quarantined, long wireBytes, long wallMillis, long roundTripMillis) {}
