/**
 * The mutation gate: switches off one rule of the protocol after the other and looks for a test or
 * an invariant of the simulation that fails.
 *
 * <p>A {@link io.hera.sim.mutants.Mutant} is a text under {@code src/test/resources/mutants}: it
 * names one source, and code in it with its replacement. Production code does not know of mutants.
 * {@link io.hera.sim.mutants.Compilation} compiles the changed source, {@link
 * io.hera.sim.mutants.MutantLoader} loads its classes instead of the original ones, and {@link
 * io.hera.sim.mutants.Hunt} runs random seeds and the test of the rule with them. A rule is
 * untested or unneeded if nothing fails without it.
 *
 * <p>{@link io.hera.sim.mutants.RebaseMutants} moves the texts along when the sources change: it
 * aligns the tokens of each source with those of an earlier revision ({@link
 * io.hera.sim.mutants.Alignment}), learns which names were renamed ({@link
 * io.hera.sim.mutants.Renames}) and carries each edit over ({@link io.hera.sim.mutants.Carrier}).
 */
@org.jspecify.annotations.NullMarked
package io.hera.sim.mutants;
