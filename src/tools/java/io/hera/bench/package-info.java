/**
 * Measurements of a node as a process: the programs behind {@code scripts/bench} and
 * {@code scripts/measure}.
 *
 * <p>{@link io.hera.bench.Bench} compares a node with a bare server on the same machine, in turns
 * within one run; {@link io.hera.bench.Growth} shows how costs grow. {@link io.hera.bench.Load},
 * {@link io.hera.bench.Propagation} and {@link io.hera.bench.Watching} measure a cluster under many
 * instances, the time of a change between nodes, and many clients that watch; {@code io.hera.bench.steady}
 * measures whether any of that makes other clients wait. The microbenchmarks
 * of the core are in {@code io.hera.bench.core}.
 */
package io.hera.bench;
