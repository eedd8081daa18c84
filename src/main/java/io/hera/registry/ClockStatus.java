package io.hera.registry;

/**
 * The state of a node's clock (P15).
 *
 * @param correctionMillis the agreed time minus the wall clock
 * @param voters clocks that voted: the own one, those of peers, and the carried time
 * @param wrong whether the correction is above half of the accepted skew
 */
public record ClockStatus(long correctionMillis, int voters, boolean wrong) {}
