/**
 * A small-scope model check: every sequence of a few events, on two or three real registries with
 * one or two keys, with S1 to S4 checked after each event.
 *
 * <p>It proves that no short sequence breaks them; the simulation finds violations that take many
 * events. A registry cannot be copied, so each sequence is replayed from the start. States that
 * look the same from outside are continued only once. Run it with {@code scripts/simulate
 * --exhaustive DEPTH}.
 */
@org.jspecify.annotations.NullMarked
package io.hera.sim.model;
