/**
 * The client library: it registers services at the nodes of a cluster, follows those of others, and
 * chooses an instance for each call. It needs nothing but the JDK.
 *
 * <p>{@link io.hera.client.HeraClient} is where to begin. Values are immutable; durations are {@link
 * java.time.Duration}; time is read from a monotonic clock only, so that a wall clock that is set
 * changes nothing.
 */
@NullMarked
package io.hera.client;

import org.jspecify.annotations.NullMarked;
