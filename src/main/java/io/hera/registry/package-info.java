/**
 * The registry itself: what a node holds, and the rules by which copies of it on many nodes become equal. Plain Java, single
 * threaded, without input or output; time is handed in. The ids P1 … P13, S1 … S7 and L1 … L4 are those of the replication
 * protocol.
 *
 * <h2>The idea</h2>
 *
 * <p>A client writes to any node. That node is the <i>origin</i> of the write, and it alone gives versions to it. Every node
 * holds one {@link io.hera.registry.Replica} an origin, its own included, and shows per instance the winner among them: the
 * {@link io.hera.registry.View}. Nodes ask each other ("what is above what I have?") and never push. Nobody leads, nobody is
 * asked for permission, and any node can tell of any other.
 *
 * <pre>
 * put, renew, remove ─→ OwnOrigin, its HybridClock and Replica ─┐
 *                                                               ├─→ Slots ─→ View ─→ ViewListener
 * merge ─→ Merger ─→ replica of the origin ─────────────────────┘     └─→ DeadlineWheel ─→ purge
 * digest ─→ what we have, origin by origin          delta ─→ PageBuilder ─→ what we have above a digest
 * </pre>
 *
 * <h2>One exchange</h2>
 *
 * <ol>
 *   <li>{@code a} calls {@link io.hera.registry.Registry#digest}: origin → horizon. A horizon {@code h} is a promise: every
 *       write of that origin up to {@code h} is stored here, superseded, deleted or expired (S1).
 *   <li>{@code b} calls {@link io.hera.registry.Registry#delta}: per origin exactly what is alive above the horizon, oldest
 *       first, and {@code to}, up to where that is complete (S2). A page ends between two versions, never within one.
 *   <li>{@code a} calls {@link io.hera.registry.Registry#merge}, and goes on with {@link
 *       io.hera.registry.Registry#nextDigest} until an answer is empty; then {@link io.hera.registry.Registry#pulled}.
 * </ol>
 *
 * <p>Exchanges may be lost, repeated, interleaved. An entry is kept if it is later than what is held by a total order, so
 * applying is idempotent, commutative and associative. A horizon moves only from where it stands: a part that begins above it
 * is refused whole.
 *
 * <h2>Versions</h2>
 *
 * <p>A version is about the unix milliseconds of its origin, so that nodes of 2012 understand it. Writes between two answers
 * may share one; an answer <i>seals</i> what it claims, and the next write is above (S3). A version is never below the last
 * one issued, and a key written twice between two answers keeps its version, for nobody has seen the first. A write is above
 * the word that is shown for its key, whoever wrote that.
 *
 * <p>Clocks are believed within bounds only. What is further ahead than {@code maxSkew} is neither applied nor moves a
 * horizon. A node whose own clock was wrong gives its words new versions (P4). So does one that hears of versions which it
 * issued in a life that it has forgotten, or else what others still hold of that life would hide what it says now (P8). Words
 * that are hidden by another origin's are not written anew: they would come back above what hides them.
 *
 * <h2>Life and death</h2>
 *
 * <p>Entries travel with their ages, and deadlines are kept by the monotonic clock of whoever holds them: wall clocks may be
 * wrong by years, an instance still lives its ttl everywhere (S5). A deregistration is a tombstone, an entry like any other.
 * An expiry needs no message where all ttls are equal, since what is older has expired before. Where a ttl is shorter than
 * the longest in use, older words may outlive it; then what expires leaves a tombstone at its own version, for as long as
 * those can live. Who had the registration makes that tombstone by itself; who asks later is told. A tombstone stays as long
 * as it hides a registration, however late that has come. Two things are not promised: an older word of a ttl longer than any
 * met before, here or by the peer that told the later one, may show if it comes when the trace has gone; and a write that
 * nobody here had seen, by a clock that is behind, may show once the later word that hid it has ended.
 *
 * <p>A node that was held up (a pause) expires nothing that it had no chance to hear of: its own entries live longer by the
 * time lost, those of others until a pull has gone well.
 *
 * <h2>Which rule lives where</h2>
 *
 * <table>
 *   <caption>Rules and classes</caption>
 *   <tr><td>P1 sealed tick</td><td>{@link io.hera.registry.HybridClock}; sealed by {@link io.hera.registry.OwnOrigin}</td></tr>
 *   <tr><td>P2 total order</td><td>{@link io.hera.registry.Slot}, chained by {@link io.hera.registry.Service}</td></tr>
 *   <tr><td>P3 bounded future</td><td>{@link io.hera.registry.Merger}, again at every purge</td></tr>
 *   <tr><td>P4 own clock reset</td><td>every turn of {@link io.hera.registry.OwnOrigin}; {@link io.hera.registry.Slots} restamps</td></tr>
 *   <tr><td>P5 contiguity</td><td>{@link io.hera.registry.PageBuilder} gives, {@link io.hera.registry.Merger} and {@link io.hera.registry.Replica} take</td></tr>
 *   <tr><td>P6 overlap</td><td>harmless by P2; the 2012 dialect itself is the wire's</td></tr>
 *   <tr><td>P7 recovery</td><td>{@link io.hera.registry.OwnOrigin}, {@link io.hera.registry.Merger}; when it is over, gossip knows</td></tr>
 *   <tr><td>P8 floor and reset</td><td>{@link io.hera.registry.OwnOrigin}</td></tr>
 *   <tr><td>P9 life</td><td>{@link io.hera.store.PeerIdentities}, asked by the store for each exchange</td></tr>
 *   <tr><td>P10 ages</td><td>{@link io.hera.registry.Merger}, {@link io.hera.registry.PageBuilder}, {@link io.hera.registry.DeadlineWheel}</td></tr>
 *   <tr><td>P11 pauses</td><td>{@link io.hera.registry.TurnClock}</td></tr>
 *   <tr><td>P12 tombstones</td><td>{@link io.hera.registry.Slots}; how long, {@link io.hera.registry.Admission}</td></tr>
 *   <tr><td>§7 self-check</td><td>{@link io.hera.registry.Checksums}; the sum is {@link io.hera.registry.Replica}'s</td></tr>
 *   <tr><td>P13 isolation</td><td>nowhere: there is no exception</td></tr>
 *   <tr><td>S7 caps</td><td>{@link io.hera.registry.Admission}, asked by Registry and Merger</td></tr>
 * </table>
 *
 * <h2>The self-check</h2>
 *
 * <p>That the horizons' promise has been kept is looked at all the same: at equal horizons two nodes compare a {@link
 * io.hera.registry.Checksum} of what they hold of an origin. What may break the promise is a clock that was put back and comes
 * past an old horizon before the two nodes have met, and defects. Then everything of that origin is asked for again from 0,
 * which the horizons do not forbid; when to look is the business of gossip.
 *
 * <h2>What it costs</h2>
 *
 * <p>A {@link io.hera.registry.Slot} is a member of three linked structures by its own links, so a renewal relinks and
 * allocates nothing; a delta is a walk over what has changed; expiry touches what is due. Finding where a page begins takes a
 * logarithm and a walk of bounded length. Writing anew (P4, P8) goes over all own words, at most once in 5 s for claims of
 * peers.
 */
@org.jspecify.annotations.NullMarked
package io.hera.registry;
