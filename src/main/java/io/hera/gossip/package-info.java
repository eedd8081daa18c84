/**
 * Floor 2: how this node talks to its peers (PROTOCOL §7).
 *
 * <p>Nodes only ever ask; nobody pushes. {@link io.hera.gossip.GossipVerticle} owns the timers and the peers. At each round
 * {@link io.hera.gossip.PeerSchedule} says whom to ask, and {@link io.hera.gossip.Puller} asks: digest from the store, one
 * HTTP exchange by {@link io.hera.gossip.PeerClient}, delta to the store, page after page. {@link io.hera.gossip.Peer} keeps
 * what is known of talking to one peer.
 *
 * <p>That is how everything gets everywhere in the end. What makes it fast is {@link io.hera.gossip.HangingPull}: a question
 * to each peer for its own origin that is answered when there is news. It may fail at any time, and nothing depends on it.
 *
 * <p>What a peer answers is hostile input: bounded in time and bytes, decoded whole before anything of it is applied (P5), and
 * merged only if it comes from whom it was expected to come (P9). Every peer has its own connections and deadlines, and at
 * most one pull and one that hangs in flight, so one that hangs delays nobody else.
 *
 * <p>A starting node first asks every peer for what it wrote in an earlier life (P7, {@link io.hera.gossip.Recovery}).
 */
@NullMarked
package io.hera.gossip;

import org.jspecify.annotations.NullMarked;
