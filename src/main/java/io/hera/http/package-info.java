/**
 * The HTTP server: a request becomes an {@link io.hera.http.Exchange}, which one {@link io.hera.http.Endpoint} replies to.
 *
 * <p>{@link io.hera.http.HttpVerticle} is the server. {@link io.hera.http.TargetParser} parses a request's target, once;
 * {@link io.hera.http.Dispatcher} finds the endpoint: services and instances directly, for they are data and not routes, and
 * paths under {@code /_} by a router. A new endpoint is one class and one line where the node lists its endpoints.
 *
 * <p>A request that cannot be served is replied to with a {@link io.hera.wire.Problem}; parsers throw {@link
 * io.hera.wire.ProblemException}.
 */
@NullMarked
package io.hera.http;

import org.jspecify.annotations.NullMarked;
