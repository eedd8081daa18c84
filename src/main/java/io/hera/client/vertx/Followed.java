package io.hera.client.vertx;

import io.hera.client.Balancer;
import io.hera.client.HeraException;
import io.hera.client.HeraProblem;
import io.hera.client.Snapshot;
import java.util.concurrent.CompletionStage;

/** A service that a resolver follows. Thread-safe; no method blocks. */
interface Followed {
  /** Returns the newest snapshot; another object only if something has changed. */
  Snapshot current();

  /** Returns a stage that completes with the first snapshot, or fails with the reason in time. */
  CompletionStage<Snapshot> first();

  /** Returns the balancer of the service, which has the counters of all its calls. */
  Balancer balancer();

  /** Returns why nodes do not answer; empty if they do. */
  String reasons();

  /** Ends one use of the service; the last snapshot stays readable. */
  void close();

  /** Returns the failure of a call of a service that has no instance to call. */
  default HeraException nothingToCall() {
    Snapshot now = current();
    String reasons = reasons();
    String detail = "%s has no instance that may be called (%s known, %s)%s"
        .formatted(
            now.service(),
            now.instances().size(),
            now.freshness(),
            reasons.isEmpty() ? "" : ": " + reasons);
    return new HeraException(new HeraProblem(0, "about:blank", detail, "", "", ""));
  }
}
