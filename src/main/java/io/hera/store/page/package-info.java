/**
 * The encoded answers to lookups: listings of services are encoded, spliced from previous ones, and
 * published.
 *
 * <p>{@link io.hera.store.page.Listings} builds the listings from the view, large ones by a worker;
 * {@link io.hera.store.page.PublishedListings} holds the finished ones, which any thread may read.
 */
@NullMarked
package io.hera.store.page;

import org.jspecify.annotations.NullMarked;
