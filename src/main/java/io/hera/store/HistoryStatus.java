package io.hera.store;

/**
 * What operators see of the history.
 *
 * @param first number of the first event after which none is missing
 * @param last number of the last event; 0 before the first
 * @param sinceMillis when this process has begun to record, agreed unix time; 0 before
 * @param flapping how many instances have ended five times or more within ten minutes
 */
public record HistoryStatus(long first, long last, long sinceMillis, int flapping) {}
