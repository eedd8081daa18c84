package io.hera.gossip;

import io.hera.registry.Delta;
import io.hera.wire.Decoded;
import io.hera.wire.V2Answer;

/**
 * What one exchange brought.
 *
 * @param content the answer in its dialect
 * @param wireBytes of the body, as it came
 * @param bodyBytes of the body, inflated
 * @param wallMillis unix time here, in the middle of the round trip
 * @param roundTripMillis from the request to the head of the answer
 */
record Fetched(
    Content content, long wireBytes, long bodyBytes, long wallMillis, long roundTripMillis) {

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

  /**
   * Whether there may be more where this came from. A page is cut at 400 KiB by what its entries cost, a little more than they
   * take when written; asking once too often costs one empty answer.
   */
  boolean cut() {
    return content instanceof V2 && bodyBytes >= CUT_BYTES_MIN;
  }

  private static final long CUT_BYTES_MIN = 256 << 10;
}
