/**
 * The encoded answers to lookups: how the listing of a service is encoded, spliced from the one before and published.
 *
 * <p>{@link io.hera.store.page.ListingCache} makes listings of what the registry shows, {@link
 * io.hera.store.page.PublishedListings} holds the finished ones, which any thread may read.
 */
@NullMarked
package io.hera.store.page;

import org.jspecify.annotations.NullMarked;
