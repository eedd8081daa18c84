package io.hera.http;

import io.hera.store.page.Subject;
import io.vertx.core.Future;

/** A read by a client that has an answer already, and waits for another one. */
public interface RepeatedRead {
  /** Returns the request. */
  Exchange exchange();

  /** Returns what must change for another answer. */
  Subject subject();

  /** Returns the route under which the request is counted once it waits. */
  String waitRoute();

  /** Reads, and replies if the client does not know the answer yet; completes with whether it has replied. */
  Future<Boolean> replyIfChanged();

  /** Replies that the last answer read is the one that the client knows. */
  void replyUnchanged();
}
