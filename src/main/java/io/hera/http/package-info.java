/**
 * Floor 2: the mouth that clients, operators and peers speak to over HTTP.
 *
 * <table>
 * <caption>Who answers what</caption>
 * <tr><th>Target</th><th>Class</th></tr>
 * <tr><td>{@code /}, {@code /<service>}, {@code /<service>/<id>}</td><td>{@link io.hera.http.Instances},
 *     reads {@link io.hera.http.Lookups}, streams of events {@link io.hera.http.EventStreams}</td></tr>
 * <tr><td>{@code /_batch}, {@code /_heartbeat}</td><td>{@link io.hera.http.Batches}</td></tr>
 * <tr><td>{@code /_export}</td><td>{@link io.hera.http.ServiceWalk}</td></tr>
 * <tr><td>{@code /_sd/prometheus}</td><td>{@link io.hera.http.PrometheusTargets}</td></tr>
 * <tr><td>{@code /_deltas}</td><td>{@link io.hera.http.Deltas}</td></tr>
 * <tr><td>{@code /_health/…}, {@code /_status}</td><td>{@link io.hera.http.Operations}</td></tr>
 * </table>
 *
 * <p>Services and instances are data, not routes: their targets go, raw, to {@link io.hera.http.Paths}, because a router
 * would decode {@code %2F} and invalid UTF-8 into names before anybody could refuse them. What begins with {@code /_} goes to
 * a router. {@link io.hera.http.HttpVerticle} is the server around it all.
 *
 * <p>A peer may ask for news with {@code _wait}: when there is none, its question is kept in {@link io.hera.http.Waiting} until
 * the store says that there was a write. A client may wait for another content with {@code wait}: {@link io.hera.http.Watchers}
 * keeps it until the store says that the service has changed. Who follows a stream of events is told of each change by itself,
 * and of none twice.
 *
 * <p>Whatever cannot be done is told as a {@link io.hera.wire.Problem}. Parsers throw {@link io.hera.wire.ProblemException}, and
 * the one table of types is {@link io.hera.wire.ProblemType}.
 */
@NullMarked
package io.hera.http;

import org.jspecify.annotations.NullMarked;
