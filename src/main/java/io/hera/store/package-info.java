/**
 * Floor 1: who owns the state.
 *
 * <p>{@link io.hera.store.StoreVerticle} holds the one {@link io.hera.registry.Registry} of a node and is the only one to
 * touch it. Everybody else asks, over the event bus, one address a verb; {@link io.hera.store.Store} lists them all. Messages
 * are immutable records and travel by reference ({@link io.hera.store.LocalCodec}).
 *
 * <p>There is one short cut, for lookups: {@link io.hera.store.page.PublishedListings} holds finished answers that any thread may read. The
 * store verticle drops an answer in the same turn in which the state changes, before the write is acknowledged, so whoever
 * has seen the acknowledgement sees the write.
 *
 * <p>Facts that are true already are published in the past tense; {@code heard}, a peer is back;
 * {@code written}, there are own writes that peers may be waiting for; {@code changed}, services have another content.
 */
@NullMarked
package io.hera.store;

import org.jspecify.annotations.NullMarked;
