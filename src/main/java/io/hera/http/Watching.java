package io.hera.http;

import io.hera.store.page.Selection;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.http.HttpHeaders;

/** How clients watch for changes, as lookups see it. One per HTTP verticle. */
public interface Watching {
  /** The header by which a client may say how long it waits (RFC 7240). */
  CharSequence PREFER = HttpHeaders.createOptimized("prefer");

  /** Replies with a stream of events: a snapshot of the instances selected, then their changes, when it is as quiet as wanted. */
  void stream(Exchange exchange, Selection selection, Quiet quiet);

  /** Repeats a read after changes of its subject until it has replied or about {@link Patience#waitMillis} have passed. */
  void repeat(RepeatedRead read, Patience patience);

  /** Replies to a read now, or when there is another answer than the client has, if it wants to wait for one. */
  default void read(RepeatedRead read) throws ProblemException {
    Exchange exchange = read.exchange();
    long waitMillis = exchange.query().patienceMillis(exchange.headers(PREFER));
    Quiet quiet = exchange.query().quiet();
    if (waitMillis > 0) {
      repeat(read, new Patience(waitMillis, quiet));
    } else if (!quiet.isNone()) {
      throw new ProblemException(
          Problem.invalidQuery("quiet: only with wait, or in a stream of events"));
    } else {
      read.replyNow();
    }
  }
}
