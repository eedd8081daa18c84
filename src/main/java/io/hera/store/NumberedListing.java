package io.hera.store;

import io.hera.store.page.Page;

/**
 * A listing, and the last change that it includes.
 *
 * @param page a reader may keep it as long as it likes
 * @param change number of the last change before the listing was made, see {@link Changes}
 */
public record NumberedListing(Page page, long change) {}
