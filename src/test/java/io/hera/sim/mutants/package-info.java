/**
 * The mutation gate: switches off one rule of the protocol after the other, and asks who notices.
 *
 * <p>A {@link io.hera.sim.mutants.Mutant} is a text under {@code src/test/resources/mutants}: which lines of one source become
 * which others. Production code knows nothing of it. {@link io.hera.sim.mutants.Compilation} makes classes of the changed
 * source, {@link io.hera.sim.mutants.MutantLoader} puts them in the place of the true ones, and {@link
 * io.hera.sim.mutants.Hunt} runs random seeds and the tests of the rule there. A rule that nobody misses is untested or
 * unneeded.
 */
@org.jspecify.annotations.NullMarked
package io.hera.sim.mutants;
