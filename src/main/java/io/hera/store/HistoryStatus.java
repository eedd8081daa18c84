package io.hera.store;

import io.hera.store.history.EventType;
import java.util.Map;

/**
 * What operators see of the history.
 *
 * @param first number of the first event after which none is missing
 * @param last number of the last event; 0 before the first
 * @param sinceMillis when this process has begun to record, agreed unix time; 0 before
 * @param flapping how many instances have ended five times or more within ten minutes
 * @param counts how many events of each type this process has recorded; types without one are left out
 */
public record HistoryStatus(
    long first, long last, long sinceMillis, int flapping, Map<EventType, Long> counts) {}
