/**
 * The formats in which digests, deltas, names and addresses travel, explained by example.
 *
 * <p>Bytes come in and records of {@link io.hera.registry} go out, and the other way round. No
 * class here knows of sockets, threads or clocks. All input may be hostile: the caller bounds
 * memory and time, and the only exception for bad input is {@link io.hera.json.Malformed}.
 *
 * <h2>Documents</h2>
 *
 * <p>A document is one JSON object. {@link io.hera.json.Documents} checks it once; from then on it
 * is carried as the bytes that the client sent. It is cut out of answers and copied into them by
 * offset, and never parsed into objects. So {@code 1.10}, {@code 1e5} and white space stay as
 * they came.
 *
 * <pre>{@code
 * {"host":"10.1.1.1", "port": 12345, "updated_at": "2012-12-18T13:27:01Z"}
 * }</pre>
 *
 * <h2>Digests</h2>
 *
 * <p>{@link io.hera.wire.DigestQuery}: origin and horizon, percent-encoded
 * ({@link io.hera.wire.Percent}). Parameters that begin with an underscore concern the exchange and
 * are not part of the digest. The header {@code Hera-Node} identifies the asker
 * ({@link io.hera.wire.NodeId}).
 *
 * <pre>{@code
 * GET /_deltas?sr-ash-1=1355833268199&sr-lon-1=1355833258675&_wait=20000
 * Hera-Node: sr-sto-1;life=9f2c
 * }</pre>
 *
 * <h2>Deltas of version 1: nodes of 2012</h2>
 *
 * <p>{@link io.hera.wire.V1Codec}: per origin an array of {@code [service, id, document, version]}.
 * It is written without white space and without tombstones. It is read leniently, entry by entry
 * (P6): Python writes {@code NaN} and accepts any JSON as a document, and one such entry must not
 * hide the others. The same holds for documents that are not I-JSON ({@link
 * io.hera.json.JsonRules}). White space around a document was added by Python, and is dropped.
 *
 * <pre>{@code
 * {"sr-lon-1":[["srv1","id1",{"port":1},1355833258675]],"sr-ash-1":[]}
 * }</pre>
 *
 * <h2>Deltas of version 2</h2>
 *
 * <p>{@link io.hera.wire.V2Codec}, as {@link io.hera.wire.V2Codec#MEDIA_TYPE}, compressed or not
 * ({@link io.hera.wire.Gzip}). The answer has the identity and the clock of the answering node, and
 * a part per origin: its bounds, registrations as {@code [service, id, document, version, age,
 * ttl]}, and tombstones as {@code [service, id, version, age]}. {@code liveness} is in seconds; all
 * other times are in milliseconds.
 *
 * <pre>{@code
 * {"node":"sr-lon-1","life":"9f2c","now":1355833270000,"liveness":300,
 *  "origins":{"sr-ash-1":{"from":1355833258675,"to":1355833268199,"reset":false,
 *   "entries":[["srv1","id1",{"port":1},1355833258676,11324,300000]],
 *   "tombstones":[["srv1","id9",1355833268199,1801]]}},
 *  "checksums":{"sr-ash-1":[1355833268199,"00c0ffee00c0ffee"]}}
 * }</pre>
 *
 * <p>{@code checksums} is present if the request had {@code _checksums=1}: per origin, the horizon
 * and the {@link io.hera.registry.Checksum} of the entries.
 *
 * <p>The format has room for growth: a reader skips unknown members at every level, and further
 * elements at the end of an entry. Everything else must be right. An answer of wrong shape is
 * refused whole, because a half-read answer must not move a horizon (P5). An entry whose name or
 * document breaks the rules is left out alone and counted; otherwise one odd document would stop
 * the gossip of a whole origin. For the same reason a document need not be I-JSON here: version 1.0
 * holds such documents, and they are taken as they are.
 */
@NullMarked
package io.hera.wire;

import org.jspecify.annotations.NullMarked;
