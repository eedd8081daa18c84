/**
 * The measurement of whether anything makes the other clients of a node wait: the program behind
 * {@code scripts/measure steady}.
 *
 * <p>Each {@link io.hera.bench.steady.Scenario} brings a node into a situation that is hard for it,
 * while a {@link io.hera.bench.steady.Neighbour} on a connection of its own renews one instance and
 * times each answer. It passes if all that the node promises arrives; the times, the memory and the
 * long turns of the node are reported beside that. {@code SteadyIT} plays them in small.
 */
package io.hera.bench.steady;
