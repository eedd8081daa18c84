/**
 * The asking side of gossip: how this node gets what its peers hold.
 *
 * <p>Nodes only ask; they never push. The package has two halves.
 *
 * <p>The first is without I/O: plain single-threaded Java that takes events and returns commands. {@link io.hera.gossip.Gossip}
 * begins the recovery and the rounds. {@link io.hera.gossip.PeerSchedule} says which peer to ask, {@link
 * io.hera.gossip.PullSession} asks it page after page, and {@link io.hera.gossip.SelfCheck} says when to compare. That brings
 * everything everywhere in the end. {@link io.hera.gossip.HangingSession} makes it fast: a request to each peer that is answered
 * at its next write. It may fail at any time, and nothing depends on it.
 *
 * <p>The second half runs the commands: {@link io.hera.gossip.GossipVerticle} over the network, by {@link
 * io.hera.gossip.PeerClient}, and over the store. The simulation runs the same first half over a network of its own.
 *
 * <p>What a peer answers is hostile input. It is bounded in time and bytes, decoded whole before anything of it is applied (P5),
 * and merged only if it comes from the peer that was expected (P9). Every peer has two connections of its own with deadlines, so
 * a peer that hangs delays no other.
 */
@NullMarked
package io.hera.gossip;

import org.jspecify.annotations.NullMarked;
