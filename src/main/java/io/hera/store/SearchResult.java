package io.hera.store;

import java.util.List;

/**
 * The result of a search.
 *
 * @param searched instances that were looked at
 * @param more whether there are more hits than these
 * @param hits names of services first, then ids, then documents
 */
public record SearchResult(int searched, boolean more, List<SearchHit> hits) {
  public SearchResult {
    hits = List.copyOf(hits);
  }
}
