package io.hera.store;

import io.vertx.core.buffer.Buffer;

/**
 * The listing of a service, and the last change that is in it.
 *
 * @param json not to be changed
 * @param change number of the last change before the listing was made, see {@link Changes}
 */
public record NumberedListing(Buffer json, long change) {}
