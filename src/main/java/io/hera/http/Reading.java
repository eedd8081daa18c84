package io.hera.http;

import io.hera.store.Store;
import io.hera.store.page.Filter;
import io.hera.store.page.Listing;
import io.hera.store.page.Subject;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import java.util.List;

/**
 * What a client wants to read of a service, and what it has already. Owned by {@link Lookups}; while it waits, by
 * {@link Watchers}.
 */
final class Reading {
  final Exchange exchange;
  final Subject subject;
  final Filter filter;
  final boolean pretty;
  private final List<String> known;
  /** How long it may wait for something else than what it knows; 0 when that is over. */
  private long waitMillis;
  /** The timer that ends its waiting, or −1. */
  private long timer = -1;

  Reading(Exchange exchange, Subject subject, Filter filter, long waitMillis)
      throws ProblemException {
    this.exchange = exchange;
    this.subject = subject;
    this.filter = filter;
    this.pretty = exchange.query().pretty();
    this.known = exchange.headers(HttpHeaderNames.IF_NONE_MATCH);
    this.waitMillis = waitMillis;
  }

  /** Whether the client has said that it has what goes by this tag. */
  boolean knows(String etag) {
    return knows(known, etag);
  }

  /** RFC 9110, 13.1.2, by weak comparison. No tag of ours has a comma in it. */
  static boolean knows(List<String> known, String etag) {
    String opaque = etag.substring(2);
    for (String line : known) {
      for (String tag : line.split(",", -1)) {
        String bare = tag.strip();
        if (bare.equals("*") || bare.equals(etag) || bare.equals(opaque)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Asks the store for what is wanted. */
  Future<Listing> ask(Store store) {
    return subject instanceof Subject.Service service && !filter.isEmpty()
        ? store.matching(service.name(), filter)
        : store.listing(subject);
  }

  boolean mayWait() {
    return waitMillis > 0 && !exchange.ended();
  }

  long waitMillis() {
    return waitMillis;
  }

  boolean waits() {
    return timer >= 0;
  }

  void waits(long timer) {
    this.timer = timer;
  }

  /** It will not wait any longer; returns its timer. */
  long giveUp() {
    long ended = timer;
    timer = -1;
    waitMillis = 0;
    return ended;
  }
}
