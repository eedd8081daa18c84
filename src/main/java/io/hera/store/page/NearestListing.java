package io.hera.store.page;

import java.util.List;

/**
 * A listing as a stream of events begins with it.
 *
 * @param lines its lines, if it is of the nearest instances; else none
 */
public record NearestListing(Page page, List<ListedInstance> lines) {}
