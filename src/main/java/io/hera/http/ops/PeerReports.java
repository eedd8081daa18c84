package io.hera.http.ops;

import io.hera.wire.PeerStatus;
import io.vertx.core.Future;
import java.util.Map;

/** Reads how exchanges with each peer go, by name. May be called on any context, on which the future completes. */
@FunctionalInterface
public interface PeerReports {
  /** Returns the reports; how far peers are behind this node is not in them. */
  Future<Map<String, PeerStatus>> read();
}
