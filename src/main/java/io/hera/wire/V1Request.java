package io.hera.wire;

import io.hera.registry.Digest;

/**
 * What a node of 2012 was asked, and when: its answer does not say.
 *
 * @param digest the horizons that were sent
 * @param nowMillis the own wall clock, unix milliseconds, from which ages are counted
 * @param livenessMillis how long an instance lives that comes from there
 */
public record V1Request(Digest digest, long nowMillis, long livenessMillis) {}
