package io.hera.http.api;

import io.hera.http.EventText;
import io.hera.http.Exchange;
import io.hera.store.ChangeLog;
import io.vertx.core.http.HttpHeaders;

/**
 * The header {@code Hera-Change} of lookups: the last change that the answer certainly includes, as the id of an event. So a client can
 * get a listing, compressed and with an entity tag, and follow it from there. One per HTTP verticle, used on its context only.
 *
 * <p>A listing is outdated in the turn of a change, and the change gets into the log later. So the number of the log is read before the
 * answer is: then the answer includes all changes up to it, perhaps more.
 */
final class ChangeHeader {
  private static final CharSequence NAME = HttpHeaders.createOptimized("hera-change");

  private final ChangeLog log;
  private final String life;
  private long formatted = -1;
  private CharSequence text = "";

  /** The header of a node that has this life, part of the ids of events. */
  ChangeHeader(ChangeLog log, String life) {
    this.log = log;
    this.life = life;
  }

  /** Returns the number of the last change; an answer that is read afterwards includes it. */
  long last() {
    return log.last();
  }

  /** Says that the reply includes the changes up to this number. */
  void put(Exchange exchange, long number) {
    exchange.putHeader(NAME, of(number));
  }

  /** Returns the value for a number. Thousands of lookups between two changes share it. */
  CharSequence of(long number) {
    if (number != formatted) {
      formatted = number;
      text = HttpHeaders.createOptimized(new EventText.Id(life, number).text());
    }
    return text;
  }
}
