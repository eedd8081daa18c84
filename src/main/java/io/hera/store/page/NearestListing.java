package io.hera.store.page;

import java.util.List;
import java.util.Optional;

/**
 * A listing as a stream of events begins with it.
 *
 * @param lines its lines, if it is of the nearest instances; else none
 * @param etag the entity tag that a read of the same gives; empty if that would find nothing
 */
public record NearestListing(Page page, List<ListedInstance> lines, Optional<String> etag) {}
