/**
 * Deterministic simulation of a whole cluster: the real registry, store, gossip sessions and
 * codecs, on one thread, with a virtual clock, one seed, and bytes over a hostile network.
 *
 * <p>It looks for sequences of events that break an invariant: S1 to S9, L1, P7, P9, P14 and P15 are
 * checked at every step, L2, L3 and L4 after healing. Each run that breaks none is evidence, not proof; {@link
 * io.hera.sim.model} checks all short sequences.
 *
 * <p>A {@link io.hera.sim.Plan} has the events of a run: a {@link io.hera.sim.Planner} draws them
 * from a seed, with its {@link io.hera.sim.Troubles}. {@link io.hera.sim.World} applies them to {@link io.hera.sim.SimNode}s and {@link
 * io.hera.sim.OldNode}s, and reports everything to the {@link io.hera.sim.Observer}. The observer
 * asks the class that checks the invariant:
 *
 * <table>
 * <caption>What proves what</caption>
 * <tr><td>S1</td><td>{@link io.hera.sim.HorizonChecks}</td></tr>
 * <tr><td>S2, S3</td><td>{@link io.hera.sim.AnswerChecks}</td></tr>
 * <tr><td>S4</td><td>{@link io.hera.sim.OrderChecks}</td></tr>
 * <tr><td>S5, S6</td><td>{@link io.hera.sim.LifetimeChecks}</td></tr>
 * <tr><td>S7</td><td>{@link io.hera.sim.CapacityChecks}</td></tr>
 * <tr><td>S8</td><td>{@link io.hera.sim.IndependenceChecks}</td></tr>
 * <tr><td>S9</td><td>{@link io.hera.sim.HistoryChecks}</td></tr>
 * <tr><td>P7</td><td>{@link io.hera.sim.RecoveryChecks}</td></tr>
 * <tr><td>P9</td><td>{@link io.hera.sim.TwinChecks}</td></tr>
 * <tr><td>P14</td><td>{@link io.hera.sim.RestoreChecks}</td></tr>
 * <tr><td>P4, P15</td><td>{@link io.hera.sim.ClockChecks}</td></tr>
 * <tr><td>L1</td><td>{@link io.hera.sim.PropagationChecks}</td></tr>
 * <tr><td>L2 to L4</td><td>{@link io.hera.sim.ConvergenceChecks}</td></tr>
 * </table>
 *
 * <p>{@link io.hera.sim.Allowances} has the exceptions, which depend on the events so far. To run
 * it:
 *
 * <pre>
 * scripts/simulate --seeds 20000     runs 20,000 seeds; the first that breaks an invariant is shrunk to a short plan
 * scripts/simulate --trouble drift   runs plans whose troubles are of one kind ({@link io.hera.sim.Trouble})
 * scripts/simulate --seed 433        replays one seed
 * scripts/simulate --scenario FILE   replays a plan, such as those in src/test/resources/simulations
 * scripts/simulate --mutants P5      switches off the rule P5, which a test or an invariant has to notice
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package io.hera.sim;
