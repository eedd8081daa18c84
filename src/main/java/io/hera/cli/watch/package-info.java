/**
 * {@code hera watch}: follows a service, an instance or all services, at one node after the other.
 *
 * <pre>
 * Following ──→ events of a node ──→ Instances ──→ Happening ──→ WatchText
 *                                        └──→ ExecLoop
 * </pre>
 */
@NullMarked
package io.hera.cli.watch;

import org.jspecify.annotations.NullMarked;
