/**
 * The answering side of gossip: {@code GET /_deltas}.
 *
 * <p>{@link io.hera.gossip.serve.DeltaEndpoint} reads the request and asks the store. A request that waits for the next write is
 * parked by {@link io.hera.gossip.serve.ParkedPulls} until the store has one. {@link io.hera.gossip.serve.DeltaEncoder} writes
 * the answer, once for all peers that get the same.
 */
@NullMarked
package io.hera.gossip.serve;

import org.jspecify.annotations.NullMarked;
