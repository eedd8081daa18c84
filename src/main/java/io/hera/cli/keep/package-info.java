/**
 * Keeps an instance registered as long as a process lives: {@code hera run SERVICE -- COMMAND} and {@code hera put --keep}. The client
 * library registers, renews and deregisters; this package adds the signals, the process, and the lines on stderr.
 */
@NullMarked
package io.hera.cli.keep;

import org.jspecify.annotations.NullMarked;
