package io.hera.registry;

import java.util.List;
import org.junit.jupiter.api.Timeout;

/** The base class of the tests of P14: three nodes that restart from snapshots. */
@Timeout(60)
class RestartedNodes extends ThreeNodes {
  /** Longest time by which a restored registration outlives its grace. */
  static final long LOT = LIVENESS / 10;

  /** Time after which a node has purged all tombstones from before. */
  static final long FORGOTTEN = 2 * 86_400_000 + LIVENESS;

  /** Ends the start of a node that reaches no peer. */
  static void begin(TestNode node) {
    node.registry().recovered();
    node.registry().synchronised();
  }

  /** Restarts a node with a snapshot; it reaches no peer. */
  static void restart(TestNode node, List<OriginDelta> snapshot) {
    node.restart(snapshot);
    begin(node);
  }

  static int restored(TestNode node) {
    return node.registry().stats().restored();
  }

  /** Returns the answer of a peer to one request. */
  static Delta ask(TestNode asker, Digest asked, TestNode peer, int bytesMax) {
    return peer.registry().delta(Asker.member(asker.name), asked, Dialect.V2, bytesMax);
  }

  /** Merges the answer of a peer that has run for a long time. */
  static void take(TestNode asker, String peer, Digest asked, Delta answer) {
    take(asker, peer, 1, asked, answer);
  }

  /** Merges the answer of a peer whose life began at {@code since}. */
  static void take(TestNode asker, String peer, long since, Digest asked, Delta answer) {
    asker.registry().merge(answer, asked.horizons().keySet(), asked.horizons().keySet());
    asker.registry().answered(peer, since, asked, answer, asked.horizons().keySet());
  }

  /** Registers {@code s/0}, {@code s/1} and so on, each with a version of its own. */
  static void putEach(TestNode node, int count) {
    for (int i = 0; i < count; i++) {
      node.put("s/" + i, "{\"n\":" + i + "}");
      node.entries(node.name);
    }
  }
}
