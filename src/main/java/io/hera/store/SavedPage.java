package io.hera.store;

import io.hera.registry.Delta;

/**
 * A page of a snapshot that is brought back.
 *
 * @param livenessMillis the setting {@code liveness} at the save
 */
public record SavedPage(Delta delta, long livenessMillis) {}
