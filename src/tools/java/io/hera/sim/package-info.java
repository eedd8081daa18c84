/**
 * Deterministic simulation of a whole cluster: the real registry, codecs and schedule, on one thread, by one seed and a virtual
 * clock, with bytes through a hostile network.
 *
 * <p>{@link io.hera.sim.Plan} says what happens, {@link io.hera.sim.World} lets it happen to {@link io.hera.sim.SimNode}s and
 * {@link io.hera.sim.OldNode}s, {@link io.hera.sim.Observer} sees everything and compares it with what was promised, and {@link
 * io.hera.sim.Shrinker} makes a short story of a long one.
 */
@org.jspecify.annotations.NullMarked
package io.hera.sim;
