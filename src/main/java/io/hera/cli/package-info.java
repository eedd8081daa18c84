/**
 * The command line. {@link io.hera.cli.Hera} is its root and {@link io.hera.cli.Commands} its table; each command is a class. What a node
 * is made of is not known here: a {@link io.hera.cli.Launcher} runs one. A command that asks nodes starts in a moment: it loads
 * neither Vert.x nor the configuration of nodes.
 */
@NullMarked
package io.hera.cli;

import org.jspecify.annotations.NullMarked;
