package io.hera.http.api;

import io.hera.http.DrainedHeader;
import io.hera.http.Exchange;
import io.hera.registry.InstanceView;
import io.hera.store.DrainsInForce;
import io.hera.store.Write;
import java.util.List;

/**
 * Counts the writes of one request whose instances drains hide, so that the agent of their owners knows
 * (P18). While no drain is in force, writes are as they were.
 */
final class DrainedWrites {
  private final DrainsInForce drains;
  /** Written by the store before it replies. */
  private int count;

  DrainedWrites(DrainsInForce drains) {
    this.drains = drains;
  }

  /** Returns the writes, which are counted if it may be needed. */
  List<Write> counting(List<Write> writes) {
    return drains.any()
        ? writes.stream().<Write>map(write -> new Write.Shown(write, this::add)).toList()
        : writes;
  }

  private void add(InstanceView shown) {
    count += shown.drained().isPresent() ? 1 : 0;
  }

  /** Says in the reply how many there are; nothing if there are none. */
  void tell(Exchange exchange) {
    DrainedHeader.put(exchange, count);
  }
}
