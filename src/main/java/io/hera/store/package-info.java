/**
 * The owner of the state.
 *
 * <p>{@link io.hera.store.StoreVerticle} holds the one {@link io.hera.registry.Registry} of a node and is the only one to touch
 * it. All others ask it over the event bus, by {@link io.hera.store.Store}. Messages are immutable records and travel by
 * reference ({@link io.hera.store.LocalCodec}). What peers ask and answer is {@link io.hera.store.PeerTurns}: each page of a pull
 * is one request at either end.
 *
 * <p>There is one short cut, for lookups: {@link io.hera.store.page.PublishedListings} holds finished answers that any thread may
 * read. The store drops an answer in the same turn in which the state changes, before the write is acknowledged. So a client
 * that has seen the acknowledgement sees the write.
 *
 * <p>{@link io.hera.store.HistoryRecorder} writes down which instances came, changed and went, and why ({@link
 * io.hera.store.history}).
 *
 * <p>Facts are published when they are true already: a peer has sent a request, this node has accepted writes, content has
 * changed.
 */
@NullMarked
package io.hera.store;

import org.jspecify.annotations.NullMarked;
