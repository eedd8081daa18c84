package io.hera.gossip;

import io.hera.wire.PeerReply;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The questions of operators that a node passes on to all its peers. Owned by {@link GossipVerticle}, used on its context only.
 *
 * <p>However many pages ask, each peer gets a question once a second: the replies are shared as long as they are under way, and until a
 * second after the question. The number of different questions in that time is bounded; that for the status is always asked, so that
 * readers of many services do not keep operators from it.
 */
final class Questions {
  /** The time that each peer has for its reply. */
  static final long DEADLINE_MILLIS = 1_000;

  /** Questions within a second, besides that for the status. */
  static final int QUESTIONS_MAX = 64;

  private static final String STATUS = "/_status";
  private static final long KEPT_MILLIS = 1_000;

  private final Map<String, Asked> asked = new HashMap<>();
  private final Function<String, Future<Map<String, PeerReply>>> peers;
  private final LongSupplier nowMillis;

  /**
   * No questions yet.
   *
   * @param peers asks all peers for a target; does not fail
   * @param nowMillis monotonic
   */
  Questions(Function<String, Future<Map<String, PeerReply>>> peers, LongSupplier nowMillis) {
    this.peers = peers;
    this.nowMillis = nowMillis;
  }

  private record Asked(Future<Map<String, PeerReply>> replies, long atMillis) {
    boolean isOver(long now) {
      return replies.isComplete() && now - atMillis >= KEPT_MILLIS;
    }
  }

  /** Returns the replies of all peers to a question, by name. Fails with a {@link ProblemException} if there are too many questions. */
  Future<Map<String, PeerReply>> ask(String target) {
    long now = nowMillis.getAsLong();
    asked.values().removeIf(question -> question.isOver(now));
    Asked known = asked.get(target);
    if (known != null) {
      return known.replies;
    }
    if (!target.equals(STATUS) && asked.size() >= QUESTIONS_MAX) {
      return Future.failedFuture(new ProblemException(
          Problem.tooManyQuestions("operators ask too much of the peers of this node")));
    }
    Asked question = new Asked(peers.apply(target), now);
    asked.put(target, question);
    return question.replies;
  }
}
