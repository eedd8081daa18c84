/**
 * How digests, deltas and documents are written down: the manual of the formats, by example.
 *
 * <p>Floor 1. Bytes go in, records of {@link io.hera.registry} come out, and the other way round; nothing here knows of
 * sockets, threads or clocks. Whatever is read may be hostile: memory and time are bounded by what the caller allows, and the
 * only exception is {@link io.hera.json.Malformed}.
 *
 * <h2>Documents</h2>
 *
 * <p>One JSON object, checked once by {@link io.hera.json.Documents} and then carried as the bytes that came. It is cut out of
 * answers and spliced into them by offset, never parsed into anything, so {@code 1.10}, {@code 1e400} and white space come out
 * as they went in.
 *
 * <pre>{@code
 * {"host":"10.1.1.1", "port": 12345, "updated_at": "2012-12-18T13:27:01Z"}
 * }</pre>
 *
 * <p>{@link io.hera.json.PrettyPrinter} lays JSON out as Python 2 does: a comma is followed by a space, then by the line break.
 *
 * <h2>Digests</h2>
 *
 * <p>{@link io.hera.wire.DigestQuery}: origin and horizon, percent-encoded ({@link io.hera.wire.Percent}). Parameters that begin
 * with an underscore are about the exchange and not part of the digest. The header {@code Hera-Node} says who asks
 * ({@link io.hera.wire.NodeId}).
 *
 * <pre>{@code
 * GET /_deltas?sr-ash-1=1355833268199&sr-lon-1=1355833258675&_wait=20000
 * Hera-Node: sr-sto-1;life=9f2c
 * }</pre>
 *
 * <h2>Deltas, version 1: nodes of 2012</h2>
 *
 * <p>{@link io.hera.wire.V1Codec}: per origin an array of {@code [service, id, document, version]}. Written without white space
 * and tombstones. Read leniently, entry by entry (PROTOCOL P6): Python writes {@code NaN} and takes any JSON for a body, and one
 * such entry must not hide the others. White space around a document belongs to Python and is dropped.
 *
 * <pre>{@code
 * {"sr-lon-1":[["srv1","id1",{"port":1},1355833258675]],"sr-ash-1":[]}
 * }</pre>
 *
 * <h2>Deltas, version 2</h2>
 *
 * <p>{@link io.hera.wire.V2Codec}, {@link io.hera.wire.V2Codec#MEDIA_TYPE}, compressed or not ({@link io.hera.wire.Gzip}): who
 * answers, by which clock; per origin the bounds of what was given, registrations as
 * {@code [service, id, document, version, age, ttl]} and tombstones as {@code [service, id, version, age]}. {@code liveness} is
 * in seconds, all other times are milliseconds.
 *
 * <pre>{@code
 * {"node":"sr-lon-1","life":"9f2c","now":1355833270000,"liveness":300,
 *  "origins":{"sr-ash-1":{"from":1355833258675,"to":1355833268199,"reset":false,
 *   "entries":[["srv1","id1",{"port":1},1355833258676,11324,300000]],
 *   "tombstones":[["srv1","id9",1355833268199,1801]]}},
 *  "checksums":{"sr-ash-1":[1355833268199,"00c0ffee00c0ffee"]}}
 * }</pre>
 *
 * <p>{@code checksums}, asked for with {@code _checksums=1}: what the answering node holds of each origin up to which horizon,
 * see {@link io.hera.registry.Checksum}.
 *
 * <p>Room for growth: members unknown to a reader are passed over at every level, and so are further elements at the end of an
 * entry. What is known must be right: an answer of wrong shape is refused whole, because a half-read answer must not move a
 * horizon (P5). An entry whose name or document breaks the rules is left out alone and counted, or one client's odd document
 * would stop the gossip of a whole origin.
 */
@NullMarked
package io.hera.wire;

import org.jspecify.annotations.NullMarked;
