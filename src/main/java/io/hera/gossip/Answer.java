package io.hera.gossip;

import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.wire.Decoded;
import io.hera.wire.V1Codec;
import io.hera.wire.V1Request;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import java.util.OptionalLong;

/** A peer's answer in its dialect. */
public sealed interface Answer {
  /** Returns the entries. */
  Delta delta();

  /** The answer of a node of 2012, which does not say who it is. */
  record V1(Delta delta) implements Answer {}

  /**
   * The answer of a node of this project.
   *
   * @param wallMillis the peer's wall clock at the arrival of the answer; empty if the round trip was too long to tell (P15)
   */
  record V2(V2Answer content, OptionalLong wallMillis) implements Answer {
    private static final long ROUND_TRIP_MILLIS_MAX = 1_000;

    /** An answer that does not tell the time. */
    public V2(V2Answer content) {
      this(content, OptionalLong.empty());
    }

    /** Returns the same answer after a round trip: the peer read its clock in the middle of it. */
    public V2 after(long roundTripMillis) {
      return roundTripMillis > ROUND_TRIP_MILLIS_MAX
          ? this
          : new V2(content, OptionalLong.of(content.nowMillis() + roundTripMillis / 2));
    }

    @Override
    public Delta delta() {
      return content.delta();
    }
  }

  /**
   * Reads an answer.
   *
   * @param body the answer's bytes, inflated
   * @param asked the request, which an answer of version 1 is read against
   * @param roundTripMillis from the request to the head of the answer
   * @param entriesMax most entries
   * @throws Malformed if nothing of it is to be believed
   */
  static Decoded<Answer> decode(
      Dialect dialect, byte[] body, V1Request asked, long roundTripMillis, int entriesMax)
      throws Malformed {
    if (dialect == Dialect.V1) {
      Decoded<Delta> decoded = V1Codec.decode(body, asked, entriesMax);
      return new Decoded<>(new V1(decoded.answer()), decoded.quarantined());
    }
    Decoded<V2Answer> decoded = V2Codec.decode(body, entriesMax);
    return new Decoded<>(new V2(decoded.answer()).after(roundTripMillis), decoded.quarantined());
  }
}
