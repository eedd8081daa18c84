/**
 * Hera, a service registry: composes a node of its parts, deploys and stops it. {@link io.hera.Main} is the main class, {@link
 * io.hera.MainVerticle} the node as a verticle, {@link io.hera.Node} the node.
 */
@NullMarked
package io.hera;

import org.jspecify.annotations.NullMarked;
