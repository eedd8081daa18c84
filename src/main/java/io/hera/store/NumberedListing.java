package io.hera.store;

import io.vertx.core.buffer.Buffer;

/**
 * A listing, and the last change that it includes.
 *
 * @param json must not be modified
 * @param change number of the last change before the listing was made, see {@link Changes}
 */
public record NumberedListing(Buffer json, long change) {}
