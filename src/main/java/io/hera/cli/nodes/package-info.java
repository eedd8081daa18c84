/** How a command reaches the nodes of a cluster: over their HTTP API only, with answers that are limited in time and size. */
@NullMarked
package io.hera.cli.nodes;

import org.jspecify.annotations.NullMarked;
