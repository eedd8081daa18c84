package io.hera.http.api;

import io.hera.http.Exchange;
import io.hera.http.api.BatchItem.Refused;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The items of a request of any size that failed: each is counted, and those that the reply can have are kept. */
final class Failures {
  private final Exchange exchange;
  private final List<Refused> kept = new ArrayList<>();
  private long more;

  Failures(Exchange exchange) {
    this.exchange = exchange;
  }

  void add(Refused item) {
    exchange.count(item.problem());
    if (kept.size() < BatchReply.PROBLEMS_MAX) {
      kept.add(item);
    } else {
      more++;
    }
  }

  /** Returns the items that are kept. */
  List<Refused> kept() {
    return Collections.unmodifiableList(kept);
  }

  /** Returns how many others there are. */
  long more() {
    return more;
  }
}
