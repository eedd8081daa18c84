package io.hera.gossip;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until a starting node has its own entries back (PROTOCOL P7): all peers have answered or failed, or the time is over.
 * Owned by {@link GossipVerticle}; used once.
 */
final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);
  private static final long PROGRESS_MILLIS = 2_000;

  private final Vertx vertx;
  private final int peers;
  private final Promise<String> done = Promise.promise();
  private int answered;
  private int failed;

  private Recovery(Vertx vertx, int peers) {
    this.vertx = vertx;
    this.peers = peers;
  }

  /**
   * Completes when the node may be ready, and never fails.
   *
   * @param attempts one a peer, under way
   * @return how it went, in words
   */
  static Future<String> await(Vertx vertx, List<Future<Void>> attempts, long timeoutMillis) {
    return new Recovery(vertx, attempts.size()).await(attempts, timeoutMillis);
  }

  private Future<String> await(List<Future<Void>> attempts, long timeoutMillis) {
    if (peers == 0) {
      return Future.succeededFuture("no peers to recover from");
    }
    long timeout = vertx.setTimer(
        Math.max(1, timeoutMillis), late -> done.tryComplete(progress() + " in time"));
    long slow = vertx.setTimer(
        PROGRESS_MILLIS, late -> log.info("recovering: {} so far, failed={}", progress(), failed));
    for (Future<Void> attempt : attempts) {
      attempt.onComplete(this::succeeded, this::failed);
    }
    return done.future().onComplete(ended -> {
      vertx.cancelTimer(timeout);
      vertx.cancelTimer(slow);
    });
  }

  private void succeeded(Void nothing) {
    answered++;
    ended();
  }

  private void failed(Throwable cause) {
    failed++;
    ended();
  }

  private void ended() {
    if (answered + failed == peers) {
      done.tryComplete(progress());
    }
  }

  private String progress() {
    return answered + " of " + peers + " peers answered";
  }
}
