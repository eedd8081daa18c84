package io.hera.http;

import io.hera.store.page.Filter;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;

/**
 * What a client wants to read of a service, and what it has already. Owned by {@link Lookups}; while it waits, by
 * {@link Watchers}.
 */
final class Reading {
  final Exchange exchange;
  final String service;
  final Filter filter;
  final boolean pretty;
  private final List<String> known;
  /** How long it may wait for something else than what it knows; 0 when that is over. */
  private long waitMillis;
  /** The timer that ends its waiting, or −1. */
  private long timer = -1;

  Reading(Exchange exchange, String service, Filter filter, long waitMillis)
      throws ProblemException {
    this.exchange = exchange;
    this.service = service;
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
