/**
 * Floor 2: the mouth that other verticles speak to, over the event bus. Requests and replies are JSON objects in the shapes that
 * the HTTP API has.
 *
 * <table>
 * <caption>Addresses; each also as {@code hera.<node>.…}, which is that node and no other</caption>
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
 * <p>What cannot be done fails with the status that HTTP would answer as its code, and the problem's type and detail as its
 * message. In a Vert.x that is clustered, requests are taken from all its members, and changes are published to all of them at
 * {@code hera.<node>.changes}; what is published without a node's name stays in the process, so that nobody hears a change as
 * many times as there are nodes.
 */
@NullMarked
package io.hera.bus;

import org.jspecify.annotations.NullMarked;
