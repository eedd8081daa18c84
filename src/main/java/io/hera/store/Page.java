package io.hera.store;

import io.vertx.core.buffer.Buffer;

/**
 * A finished answer: encoded once, sent to many.
 *
 * @param json compact JSON; read only, and shared by threads
 */
public record Page(Buffer json) {}
