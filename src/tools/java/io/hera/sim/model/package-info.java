/**
 * Small-scope model check: every sequence of a few events, on two or three real registries with one or two keys, and S1–S4 after
 * each. A registry cannot be copied, so a sequence is replayed from the start; states that look the same from outside are gone
 * on from only once. The simulation finds what takes many events, this proves that there is nothing within few.
 */
@org.jspecify.annotations.NullMarked
package io.hera.sim.model;
