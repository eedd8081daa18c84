package io.hera.store;

import io.hera.store.page.ListedInstance;
import io.hera.store.page.Page;
import java.util.List;

/**
 * A listing, and the last change that it includes.
 *
 * @param page a reader may keep it as long as it likes
 * @param change number of the last change before the listing was made, see {@link Changes}
 * @param lines its lines in byte order of their ids, if it is of the nearest instances; else none
 */
public record NumberedListing(Page page, long change, List<ListedInstance> lines) {}
