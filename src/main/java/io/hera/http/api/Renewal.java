package io.hera.http.api;

import io.hera.http.DrainedHeader;
import io.hera.http.Exchange;
import io.hera.registry.InstanceView;
import io.hera.registry.Outcome;
import io.hera.store.Write;
import io.hera.store.page.Listing;
import io.hera.wire.Problem;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Optional;

/**
 * A registration or renewal under way, and what its reply says of the instance. The store shows the instance in the turn of the write, so
 * the reply costs no further question.
 */
final class Renewal {
  private final Exchange exchange;
  /** What the store has shown; it does so before it replies. */
  private Optional<InstanceView> instance = Optional.empty();

  Renewal(Exchange exchange) {
    this.exchange = exchange;
  }

  Exchange exchange() {
    return exchange;
  }

  /** Returns the write that shows the instance after {@code write}. */
  Write of(Write write) {
    return new Write.Shown(write, shown -> instance = Optional.of(shown));
  }

  /** Replies to the client. */
  void reply(Outcome outcome) {
    if (outcome.isDone()) {
      instance.ifPresent(shown -> putHeaders(shown, outcome));
      exchange.done();
    } else {
      exchange.problem(Problem.of(outcome));
    }
  }

  /** Tells the owner, too, that its instance is hidden, and why (P18). */
  private void putHeaders(InstanceView shown, Outcome outcome) {
    InstanceRead.addExpiry(exchange, shown);
    exchange.addHeader(HttpHeaderNames.ETAG, Listing.etag(shown.content()));
    shown.drained().ifPresent(reason -> DrainedHeader.put(exchange, reason));
    if (outcome == Outcome.DONE_LATE) {
      exchange.putHeader(RenewalHints.HEADER, RenewalHints.hint(shown));
    }
  }
}
