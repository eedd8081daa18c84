/**
 * The event loops: what a turn of one takes up, and how long each takes.
 *
 * <p>{@link io.hera.loop.LoopTurns} holds the histograms and explains what a turn is;
 * {@link io.hera.loop.MeasuredTransport} gives Vert.x {@link io.hera.loop.BoundedLoops}, and puts a
 * {@link io.hera.loop.MeasuredHandler} into each. The package knows nothing of registries.
 */
@NullMarked
package io.hera.loop;

import org.jspecify.annotations.NullMarked;
