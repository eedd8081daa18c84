/**
 * Torture: real processes of the jar, with a fault proxy on each link between them.
 *
 * <p>It proves, from outside, that S4, S5, S6 and L2 hold on a real network, with real files,
 * clocks and signals: slow, cut and half-open links, SIGKILL, SIGSTOP, wrong clocks, and machines
 * that boot before their network. {@link io.hera.torture.Clients} write and read meanwhile; an
 * offline {@link io.hera.torture.Judge} checks the {@link io.hera.torture.History} of their
 * requests. Run it with {@code scripts/torture}.
 */
package io.hera.torture;
