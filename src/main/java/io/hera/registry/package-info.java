/**
 * The registry: the entries that a node holds, and the rules by which the copies on all nodes
 * become equal. It is plain single-threaded Java without input or output; time is passed in. The
 * ids P1 … P13, S1 … S7 and L1 … L4 are the rules and invariants of
 * {@code src/site/markdown/protocol.md}.
 *
 * <h2>The idea</h2>
 *
 * <p>A client writes to any node. That node is the <i>origin</i> of the write, and it alone gives
 * versions to it. Every node holds one {@link io.hera.registry.Replica} per origin, its own
 * included. The {@link io.hera.registry.View} shows, per instance, the winner among them. Nodes ask
 * each other ("what is above my horizons?") and never push. No node leads, no node asks for
 * permission, and any node can pass on the entries of any other.
 *
 * <pre>
 * put, renew, remove ─→ OwnOrigin, with its HybridClock ─┐
 *                                                        ├─→ Slots ─→ Replica, View ─→ ViewListener
 * merge ─→ Replication ─→ Merger ────────────────────────┘     └─→ DeadlineWheel ─→ Expiry
 * digest ─→ Replication: the horizons of all replicas
 * delta ──→ Replication ─→ PageBuilder: the entries above a digest
 * </pre>
 *
 * <h2>One exchange</h2>
 *
 * <ol>
 *   <li>Node {@code a} calls {@link io.hera.registry.Registry#digest}: origin → horizon. A horizon
 *       {@code h} is a promise: every write of that origin up to {@code h} is stored here,
 *       superseded, deleted or expired (S1).
 *   <li>Node {@code b} calls {@link io.hera.registry.Registry#delta}. The answer holds, per origin,
 *       exactly the live entries above the horizon, oldest first, and {@code to}, the version up to
 *       which they are complete (S2). A page ends between two versions, never within one.
 *   <li>Node {@code a} calls {@link io.hera.registry.Registry#merge}. It repeats the exchange with
 *       {@link io.hera.registry.Registry#nextOfPull} until an answer is empty, and then calls
 *       {@link io.hera.registry.Registry#pulled}.
 * </ol>
 *
 * <p>Exchanges may be lost, repeated or interleaved. An entry is kept if it is later, by a total
 * order, than the one held; applying is therefore idempotent, commutative and associative. A
 * horizon moves only from where it stands: a part that begins above it is refused whole.
 *
 * <h2>Versions</h2>
 *
 * <p>A version is close to the unix milliseconds of its origin, so that nodes of 2012 understand
 * it. Writes between two answers may share a version. An answer <i>seals</i> the versions that it
 * claims, and the next write gets a larger one (S3). A version is never below the last one issued,
 * and a write is always above the entry that the view shows for its key, whichever node wrote that.
 *
 * <p>Wall clocks are trusted within bounds only. An entry from further ahead than {@code maxSkew}
 * is not applied and moves no horizon. A node whose own clock was ahead gives its entries new
 * versions (P4). So does a node that learns of versions from a life that it has forgotten: the
 * entries that peers hold of that life would hide the present ones (P8). Entries that another
 * origin hides get no new version, because it would put them above the entry that hides them.
 *
 * <h2>Life and death</h2>
 *
 * <p>Entries travel with their ages, and each node keeps deadlines on its own monotonic clock. Wall
 * clocks may be wrong by years, and an instance still lives its ttl everywhere (S5). A
 * deregistration is a tombstone, an entry like any other. An expiry needs no message if all ttls
 * are equal, because any older entry has expired before. If a ttl is shorter than the longest one
 * met, older entries may outlive it. The expired entry then leaves a tombstone at its own version
 * for as long as they can live. A node that held the registration creates that tombstone by itself;
 * any other node gets it from a peer. A tombstone stays as long as it hides a registration, even
 * one that arrived late.
 *
 * <p>Two anomalies remain:
 *
 * <ol>
 *   <li>A registration with a longer ttl than any met before, by this node or by the peer that sent
 *       the later entry, reappears if it arrives after the tombstone was purged.
 *   <li>A write from an origin whose clock is behind, which this node has not seen yet, may appear
 *       once the later entry that hid it has ended.
 * </ol>
 *
 * <p>A node that was held up (a pause) expires nothing that clients may have renewed meanwhile. Its
 * own entries live longer by the time lost, those of others until a pull has ended well (P11).
 *
 * <h2>Which rule lives where</h2>
 *
 * <table>
 *   <caption>Rules and classes</caption>
 *   <tr><td>P1 sealed tick</td>
 *       <td>{@link io.hera.registry.HybridClock}; {@link io.hera.registry.OwnOrigin} seals</td></tr>
 *   <tr><td>P2 total order</td>
 *       <td>{@link io.hera.registry.Slot}; chains in {@link io.hera.registry.Service}</td></tr>
 *   <tr><td>P3 bounded future</td>
 *       <td>{@link io.hera.registry.Merger}, again at every purge</td></tr>
 *   <tr><td>P4 own clock reset</td>
 *       <td>{@link io.hera.registry.OwnOrigin}, at every turn; {@link
 *       io.hera.registry.Restamp}</td></tr>
 *   <tr><td>P5 contiguity</td>
 *       <td>{@link io.hera.registry.Replication}; {@link io.hera.registry.PageBuilder} answers,
 *       {@link io.hera.registry.Merger} and {@link io.hera.registry.Replica} apply</td></tr>
 *   <tr><td>P6 answers of 2012</td>
 *       <td>{@code V1Codec} of the package wire; P2 makes its overlap harmless</td></tr>
 *   <tr><td>P7 recovery</td>
 *       <td>{@link io.hera.registry.OwnOrigin}, {@link io.hera.registry.Merger}; gossip decides when
 *       it ends</td></tr>
 *   <tr><td>P8 floor and reset</td><td>{@link io.hera.registry.OwnOrigin}</td></tr>
 *   <tr><td>P9 lives</td><td>{@code PeerIdentities} of the package store</td></tr>
 *   <tr><td>P10 ages</td>
 *       <td>{@link io.hera.registry.Merger}, {@link io.hera.registry.PageBuilder}, {@link
 *       io.hera.registry.DeadlineWheel}, {@link io.hera.registry.Expiry}</td></tr>
 *   <tr><td>P11 pauses</td>
 *       <td>{@link io.hera.registry.TurnClock}, {@link io.hera.registry.Expiry}</td></tr>
 *   <tr><td>P12 tombstones</td>
 *       <td>{@link io.hera.registry.Slots}, {@link io.hera.registry.Expiry}; {@link
 *       io.hera.registry.Admission} says for how long</td></tr>
 *   <tr><td>P13 isolation</td>
 *       <td>{@link io.hera.registry.Expiry}, which makes no exception</td></tr>
 *   <tr><td>S7 capacity</td><td>{@link io.hera.registry.Admission}</td></tr>
 *   <tr><td>self-check</td>
 *       <td>{@link io.hera.registry.Checksums}; {@link io.hera.registry.Replica} keeps the sums</td></tr>
 * </table>
 *
 * <h2>Costs</h2>
 *
 * <p>A {@link io.hera.registry.Slot} is a member of three linked structures through its own fields,
 * so a renewal relinks it and allocates nothing for them. A delta is a walk over the entries that
 * changed; a purge touches the entries that are due. Finding where a page begins costs one look-up
 * in a sorted index and a walk of bounded length. Restamping (P4, P8) walks over own entries, in
 * slices; for claims of peers it happens at most once in 5 s.
 */
@org.jspecify.annotations.NullMarked
package io.hera.registry;
