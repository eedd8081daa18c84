package io.hera.gossip;

import io.hera.registry.Delta;
import io.hera.wire.Decoded;
import io.hera.wire.V2Answer;

/**
 * What one exchange brought.
 *
 * @param content the answer in its dialect
 * @param wireBytes of the body, as it came
 * @param wallMillis unix time here, in the middle of the round trip
 * @param roundTripMillis from the request to the head of the answer
 */
record Fetched(Content content, long wireBytes, long wallMillis, long roundTripMillis) {

  /** A decoded answer. */
  sealed interface Content permits V1, V2 {
    Delta delta();

    /** Entries dropped for being malformed. */
    int quarantined();
  }

  /** A 2012 node's. */
  record V1(Decoded<Delta> decoded) implements Content {
    @Override
    public Delta delta() {
      return decoded.answer();
    }

    @Override
    public int quarantined() {
      return decoded.quarantined();
    }
  }

  /** A node's of this project. */
  record V2(Decoded<V2Answer> decoded) implements Content {
    @Override
    public Delta delta() {
      return answer().delta();
    }

    @Override
    public int quarantined() {
      return decoded.quarantined();
    }

    V2Answer answer() {
      return decoded.answer();
    }
  }

  /** Whether the peer has more of what was asked for. */
  boolean more() {
    return content.delta().more();
  }
}
