package io.hera.http.api;

import io.hera.http.Exchange;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.store.Store;
import io.vertx.core.Future;
import java.math.BigDecimal;

/**
 * The header {@code Hera-Hint} on the reply to a renewal that came late: how often the client should
 * renew. The store is asked only then, so other renewals cost nothing more. One per HTTP verticle.
 */
public final class RenewalHints {
  static final String HEADER = "hera-hint";

  private static final int TIMES_PER_TTL = 4;
  private static final int MILLI = 3;

  private final Store store;

  public RenewalHints(Store store) {
    this.store = store;
  }

  /** Puts the header for an instance that was renewed late; completes when the reply may be sent. */
  Future<?> put(Exchange exchange, Key key) {
    return store
        .find(key)
        .onSuccess(found -> found.ifPresent(shown -> exchange.putHeader(HEADER, hint(shown))))
        .otherwiseEmpty();
  }

  /** Returns {@code renew-every=} and seconds, with up to three decimals. */
  static String hint(InstanceView shown) {
    BigDecimal seconds = BigDecimal.valueOf(Math.max(1, shown.ttlMillis() / TIMES_PER_TTL), MILLI);
    return "renew-every=" + seconds.stripTrailingZeros().toPlainString();
  }
}
