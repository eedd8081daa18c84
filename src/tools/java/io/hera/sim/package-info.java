/**
 * Deterministic simulation of a whole cluster: the real registry, store, gossip sessions and
 * codecs, on one thread, with a virtual clock, one seed, and bytes over a hostile network.
 *
 * <p>It checks S1 to S8 at every step, and L2 to L4 after healing. A {@link io.hera.sim.Plan} has
 * the events of a run; {@link io.hera.sim.World} applies them to {@link io.hera.sim.SimNode}s and
 * {@link io.hera.sim.OldNode}s; {@link io.hera.sim.Observer} checks the invariants;
 * {@link io.hera.sim.Shrinker} reduces a failing plan to a short one. Run it with
 * {@code scripts/simulate}.
 */
@org.jspecify.annotations.NullMarked
package io.hera.sim;
