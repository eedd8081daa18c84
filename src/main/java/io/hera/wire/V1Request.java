package io.hera.wire;

import io.hera.registry.Digest;

/**
 * A request to a node of 2012, needed to read the answer, which repeats neither digest nor time.
 *
 * @param digest the horizons that were sent
 * @param nowMillis the own wall clock, unix milliseconds, from which ages are counted
 * @param livenessMillis ttl of the instances in the answer
 */
public record V1Request(Digest digest, long nowMillis, long livenessMillis) {}
