/**
 * What a command has around it: streams, the terminal, the environment, the clock; and what it leaves behind: tables, data and an exit
 * code. Data go to stdout, everything else to stderr.
 */
@NullMarked
package io.hera.cli.shell;

import org.jspecify.annotations.NullMarked;
