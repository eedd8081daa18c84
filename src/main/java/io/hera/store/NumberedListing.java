package io.hera.store;

import io.hera.store.page.ListedInstance;
import io.hera.store.page.Page;
import java.util.List;
import java.util.Optional;

/**
 * A listing, and the last change that it includes.
 *
 * @param page a reader may keep it as long as it likes
 * @param change number of the last change before the listing was made, see {@link Changes}
 * @param lines its lines in byte order of their ids, if it is of the nearest instances; else none
 * @param etag the entity tag that a read of the same gives; empty if that would find nothing, or if it is not wanted
 */
public record NumberedListing(
    Page page, long change, List<ListedInstance> lines, Optional<String> etag) {}
