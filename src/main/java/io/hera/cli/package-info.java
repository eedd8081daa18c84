/**
 * The command line. {@link io.hera.cli.Hera} is its root; each command is a class. What a node is made of is not known here:
 * a {@link io.hera.cli.Launcher} runs one.
 */
@NullMarked
package io.hera.cli;

import org.jspecify.annotations.NullMarked;
