package io.hera.store;

import io.hera.store.page.PageMemory;
import io.hera.store.page.PublishedListings;

/**
 * What any thread may read of the state of a node, without asking the store: all the memory that threads share. The store verticle
 * writes it.
 */
public record ReadSide(
    PageMemory pages,
    PublishedListings listings,
    ChangeLog changes,
    Readiness readiness,
    ClockCorrection clock,
    InstanceCounts restored,
    InstanceCounts drained,
    DrainsInForce drains) {
  /** The read side of a node that starts. */
  public ReadSide(PageMemory pages) {
    this(
        pages,
        new PublishedListings(pages),
        new ChangeLog(),
        new Readiness(),
        new ClockCorrection(),
        new InstanceCounts(),
        new InstanceCounts(),
        new DrainsInForce());
  }
}
