/**
 * Torture: real processes of the jar, with a fault proxy on each link between them.
 *
 * <p>It proves, from outside, that S4 to S7, P5, P7, P15 and L2 hold on a real network, with real
 * files, clocks and signals: slow, cut and half-open links, SIGKILL of one, two and all nodes,
 * rolling restarts, SIGSTOP, clocks that start or step wrong by minutes to a year, machines that
 * boot before their network, and a node at its cap. {@link io.hera.torture.Clients} and {@link
 * io.hera.torture.LivingClients} write, read and watch meanwhile; an offline {@link
 * io.hera.torture.Judge} checks the {@link io.hera.torture.History} of their requests. No living
 * instance may be missing in any answer of any node; {@link io.hera.torture.Holders} states the
 * excuses. Run it with {@code scripts/torture}.
 */
package io.hera.torture;
