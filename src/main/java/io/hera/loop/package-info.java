/**
 * Measures the event loops: how long each turn takes.
 *
 * <p>{@link io.hera.loop.LoopTurns} holds the histograms and explains what a turn is;
 * {@link io.hera.loop.MeasuredTransport} puts a {@link io.hera.loop.MeasuredHandler} into each
 * event loop that Vert.x makes. The package knows nothing of registries.
 */
@NullMarked
package io.hera.loop;

import org.jspecify.annotations.NullMarked;
