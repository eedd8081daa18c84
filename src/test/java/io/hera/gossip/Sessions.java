package io.hera.gossip;

import io.hera.registry.Comparison;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.OriginDelta;
import io.hera.store.Receipt;
import io.hera.wire.Address;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import io.hera.wire.V2Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Events for the sessions' tests. */
final class Sessions {
  static final long DEADLINE = 5_700;
  static final PeerAddress ADDRESS = new PeerAddress(new Address("10.0.0.1", 7000));

  private Sessions() {}

  /** The peer a. */
  static PeerState peer() {
    return new PeerState("a", ADDRESS, 1, new SelfCheck(60_000));
  }

  static Digest digest(long a, long b) {
    return new Digest(Map.of("a", a, "b", b));
  }

  /** An answer of a for its own origin. */
  static Answer answer(long from, long to, More more) {
    OriginDelta part = new OriginDelta("a", from, to, false, List.of());
    return v2(new Delta(List.of(part), more == More.FOLLOWS));
  }

  /** An answer of a without anything. */
  static Answer nothing() {
    return v2(new Delta(List.of()));
  }

  private static Answer v2(Delta delta) {
    return new Answer.V2(new V2Answer(Handshake.of(new NodeId("a", "life")), 0, 300_000, delta));
  }

  static Answer v1() {
    return new Answer.V1(new Delta(List.of()));
  }

  enum More {
    FOLLOWS,
    NONE
  }

  static Receipt taken(Digest next) {
    return new Receipt.Taken(next, Comparison.EMPTY, 0);
  }

  /** An entry was refused because it is too far in the future. */
  static Receipt takenWithoutFuture(Digest next) {
    return new Receipt.Taken(next, Comparison.EMPTY, 1);
  }

  static Receipt differing(Digest next, String... origins) {
    return new Receipt.Taken(next, new Comparison(Set.of(), Set.of(origins)), 0);
  }
}
