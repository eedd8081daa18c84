/**
 * The API for other verticles, over the event bus. Requests and replies are JSON objects of the shapes that the HTTP API has.
 *
 * <table>
 * <caption>Addresses; each also as {@code hera.<node>.…}, for that node only</caption>
 * <tr><th>Address</th><th>Message</th><th>Reply</th></tr>
 * <tr><td>{@code hera.register}</td><td>{@code {service, id, instance, ttl?}}</td><td>{@code {}}</td></tr>
 * <tr><td>{@code hera.renew}</td><td>{@code {service, id, ttl?}}</td><td>{@code {}}</td></tr>
 * <tr><td>{@code hera.deregister}</td><td>{@code {service, id}}</td><td>{@code {}}</td></tr>
 * <tr><td>{@code hera.lookup}</td><td>{@code {service, id}}</td><td>the document</td></tr>
 * <tr><td>{@code hera.lookup}</td><td>{@code {service, match?: {name: value}}}</td><td>id → document</td></tr>
 * <tr><td>{@code hera.services}</td><td>{@code {}}</td><td>service → {@code {instances}}</td></tr>
 * <tr><td>{@code hera.changes}, {@code hera.changes.<service>}</td>
 *     <td>published: {@code {type, service, id, instance, origin}}</td><td></td></tr>
 * </table>
 *
 * <p>A request that cannot be served fails with the status that HTTP would reply as its code, and the problem's type and detail
 * as its message. In an event-bus cluster, requests come from all members, and changes are published to all of them at {@code
 * hera.<node>.changes}. The addresses without a node's name stay in the process: a listener would get each change once per node. A node that limits access serves its own process only, unless it is configured otherwise.
 */
@NullMarked
package io.hera.bus;

import org.jspecify.annotations.NullMarked;
