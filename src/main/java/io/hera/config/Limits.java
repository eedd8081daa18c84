package io.hera.config;

import java.time.Duration;

/**
 * The limits of what a node accepts from clients and peers; part of {@link Config}, which checks them. Sizes are bytes. {@link
 * LimitSettings} says what each one means.
 */
public record Limits(
    int requestLineBytes,
    int headerBytes,
    int documentBytes,
    int documentDepth,
    int batchBytes,
    Duration bodyTimeout,
    Duration idleTimeout,
    int connections,
    long pageBytes,
    long inFlightBytes,
    int services,
    int instances,
    long totalBytes,
    int tombstones) {
  static Limits of(Values values) {
    return new Limits(
        values.get(LimitSettings.REQUEST_LINE_BYTES),
        values.get(LimitSettings.HEADER_BYTES),
        values.get(LimitSettings.DOCUMENT_BYTES),
        values.get(LimitSettings.DOCUMENT_DEPTH),
        values.get(LimitSettings.BATCH_BYTES),
        values.get(LimitSettings.BODY_TIMEOUT),
        values.get(LimitSettings.IDLE_TIMEOUT),
        values.get(LimitSettings.CONNECTIONS),
        values.get(LimitSettings.PAGE_BYTES),
        values.get(LimitSettings.IN_FLIGHT_BYTES),
        values.get(LimitSettings.SERVICES),
        values.get(LimitSettings.INSTANCES),
        values.get(LimitSettings.TOTAL_BYTES),
        values.get(LimitSettings.TOMBSTONES));
  }
}
