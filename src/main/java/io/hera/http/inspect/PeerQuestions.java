package io.hera.http.inspect;

import io.hera.wire.PeerReply;
import io.vertx.core.Future;
import java.util.Map;

/** Passes questions of operators on to peers. May be called on any context, on which the future completes. */
@FunctionalInterface
public interface PeerQuestions {
  /** Asks all peers for a target; returns their replies by name. */
  Future<Map<String, PeerReply>> ask(String target);
}
