package io.hera.store.history;

import io.hera.registry.EntryTimes;
import org.jspecify.annotations.Nullable;

/**
 * One event of a node's history. The documents are the registry's own and must not be modified.
 *
 * @param number counts the events of a node, on from those of former lives that were read back
 * @param life of the process that saw it
 * @param atMillis agreed unix time
 * @param service empty for an event of the whole node
 * @param id empty for an event of a service or of the whole node
 * @param origin of the entry that wins now, or of the one that has ended; the node itself for an event of a service
 * @param times of that entry; zero for an event of a service or of the whole node
 * @param instances of the service after it; of all services for an event of the whole node
 * @param folded how many earlier events of the same instance are left out before it
 * @param documents null if they are not kept any more
 */
public record HistoryEvent(
    long number,
    String life,
    long atMillis,
    EventType type,
    String service,
    String id,
    String origin,
    EntryTimes times,
    int instances,
    Cause cause,
    long folded,
    @Nullable Documents documents) {
  /**
   * The documents of an instance.
   *
   * @param before null if there was none
   * @param after null if there is none
   */
  public record Documents(byte @Nullable [] before, byte @Nullable [] after) {
    long bytes() {
      return size(before) + size(after);
    }

    private static long size(byte @Nullable [] document) {
      return document == null ? 0 : document.length;
    }
  }

  /** Returns the bytes of its documents. */
  long bytes() {
    return documents == null ? 0 : documents.bytes();
  }

  /** Returns the event with documents. */
  public HistoryEvent with(Documents some) {
    return copy(folded, some);
  }

  /** Returns the event without documents. */
  public HistoryEvent withoutDocuments() {
    return copy(folded, null);
  }

  HistoryEvent folding(long more) {
    return copy(folded + more, documents);
  }

  private HistoryEvent copy(long nowFolded, @Nullable Documents nowDocuments) {
    return new HistoryEvent(
        number,
        life,
        atMillis,
        type,
        service,
        id,
        origin,
        times,
        instances,
        cause,
        nowFolded,
        nowDocuments);
  }
}
