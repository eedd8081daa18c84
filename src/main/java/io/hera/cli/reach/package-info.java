/**
 * Which nodes a command asks, and as whom: options, the environment, contexts in files. {@link io.hera.cli.reach.Cluster} asks one node
 * after the other until one answers.
 */
@NullMarked
package io.hera.cli.reach;

import org.jspecify.annotations.NullMarked;
