/**
 * Calls services from Vert.x by name: an {@code HttpClient} or {@code WebClient} sends {@code
 * http://orders.hera/7} to an instance of orders that is there now.
 *
 * <p>{@link io.hera.client.vertx.HeraResolver} is where to begin. It follows services by a {@link
 * io.hera.client.HeraClient}, or at the node of the same process. {@link
 * io.hera.client.vertx.HeraBalancer} chooses as {@link io.hera.client.Balancer} does. Nothing here
 * blocks an event loop.
 *
 * <p>This package needs Vert.x 5.1, which the library does not bring along; all other packages of the
 * library work without it.
 */
@NullMarked
package io.hera.client.vertx;

import org.jspecify.annotations.NullMarked;
