package io.hera.store;

import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Divergence;
import io.hera.registry.Merged;
import io.hera.registry.Registry;
import io.hera.registry.RegistryStats;
import io.hera.store.PeerIdentities.Stranger.Check;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The peers' side of the store: admits peers, answers them, receives their answers, and notifies them. Each method is one
 * turn of the {@link Registry}. Plain single-threaded Java, owned by {@link StoreTurns}, and by the simulation's nodes.
 */
public final class PeerTurns {
  private final OwnHandshake self;
  private final Registry registry;
  private final LongSupplier monotonicNanos;
  private final Listener listener;
  private final PeerIdentities identities;
  private final WriteNotifier notifier;
  private final DeltaResponses responses;
  private final PeerHorizons horizons = new PeerHorizons();
  private final ReceivedAnswers answers;
  private final GossipBeats beats;
  private Set<String> members;
  private long livenessMillis;
  private int jumps;

  /**
   * Creates the peers' side of one node.
   *
   * @param registry shared with the clients' side, which calls {@link #turned} after its turns
   * @param monotonicNanos never goes back
   */
  public PeerTurns(
      OwnHandshake self,
      Registry registry,
      StoreSettings settings,
      LongSupplier monotonicNanos,
      Timers timers,
      Listener listener) {
    this.self = self;
    this.registry = registry;
    this.members = settings.members();
    this.livenessMillis = settings.limits().livenessMillis();
    this.monotonicNanos = monotonicNanos;
    this.listener = listener;
    this.identities = new PeerIdentities(self, settings.membership());
    this.notifier = new WriteNotifier(this::publishWrites, timers);
    this.responses = new DeltaResponses(registry, notifier, ownName(), monotonicNanos);
    this.answers = new ReceivedAnswers(self, registry, identities, this::monotonicMillis, listener);
    this.beats = new GossipBeats(registry, ownName(), monotonicNanos);
  }

  /** What the peers' side publishes. Called within a turn. */
  public interface Listener {
    /** Peers that wait are to be notified of own writes. */
    void wrote(Written written);

    /** A peer has sent a request. */
    void met(PeerMet peer);

    /** An exchange is refused because two processes use one name, for the first time since that name was good. */
    void conflicts(String reason);

    /** The settings of a peer have differed from those of this node for minutes (P17). */
    void settingsDiffer(String peer);

    /** The node has another life from now on, and asks its peers again for own entries (P9). */
    void redrew();
  }

  /** Changes members and limits; the registry is configured by the owner of both. */
  public void configure(StoreSettings settings) {
    members = settings.members();
    livenessMillis = settings.limits().livenessMillis();
    horizons.retain(members);
    answers.retain(members);
    identities.retain(members);
  }

  /** Returns what to ask a peer for. Begins a pull. */
  public Digest digest(String peer) {
    identities.pullBegins(peer, monotonicMillis());
    Digest digest = registry.digest(peer);
    turned();
    return digest;
  }

  /** Returns what to ask a peer for, without beginning a pull. */
  public Digest nextDigest(String peer) {
    return registry.nextDigest(peer);
  }

  /** Admits the peer that asks, and returns what this node holds above its digest. An onlooker makes no claim (P8). */
  public DeltaReply delta(DeltaRequest request) {
    long newest = registry.last();
    if (request.asker() == DeltaRequest.Asker.ONLOOKER) {
      DeltaRequest capped = request.cappedAt(ownName(), newest);
      return responses.answer(capped, Optional.empty(), livenessMillis);
    }
    Optional<String> member = Optional.empty();
    if (request.claim().isPresent()) {
      String name = request.claim().get().handshake().name();
      PeerIdentities.Standing standing = standing(request.claim().get());
      if (standing instanceof PeerIdentities.Refused refused) {
        return new DeltaReply.Refused(refused.reason());
      }
      note(name, request.target().digest(), standing);
      member = Optional.of(name).filter(known -> standing instanceof PeerIdentities.Known);
    }
    DeltaResponse response = responses.answer(request, member, livenessMillis);
    member.ifPresent(name -> met(name, request.target().digest(), newest));
    member.ifPresent(name -> beats.asked(name, request.target().digest(), response.delta()));
    turned();
    return response;
  }

  /** Admits the peer that answered, and merges its answer, in one turn. */
  public Receipt receive(Reception reception) {
    Receiving receiving = receiving(reception);
    while (receiving.result().isEmpty()) {
      receiving.next();
    }
    return receiving.result().get();
  }

  /** Returns the same in parts, each of which is one turn. */
  Receiving receiving(Reception reception) {
    return new Receiving(reception);
  }

  /**
   * An answer on its way into the registry. The first turn admits the peer, and the last one compares and says what to ask for
   * next. What happens between them happens as it would between two pages of the answer.
   */
  final class Receiving implements LongWork.Parts<Receipt> {
    private final Reception reception;
    private final Iterator<Delta> parts;
    private Set<String> origins = Set.of();
    private boolean admitted;
    private int future;
    private Optional<Receipt> result = Optional.empty();

    private Receiving(Reception reception) {
      this.reception = reception;
      this.parts = DeltaParts.of(reception.delta()).iterator();
    }

    @Override
    public long next() {
      if (!admitted) {
        admit();
      }
      if (result.isPresent()) {
        return Slices.WRITE;
      }
      Delta part = parts.next();
      Merged merged = answers.merge(reception.peer(), part, origins);
      future += merged.future();
      beats.merged(reception.peer(), part, merged);
      if (!parts.hasNext()) {
        beats.exchanged(reception.peer());
        result = Optional.of(answers.ended(reception, origins, future));
      }
      turned();
      return Slices.WRITE + DeltaParts.work(part);
    }

    @Override
    public Optional<Receipt> result() {
      return result;
    }

    private void admit() {
      Optional<String> conflict = reception.introduction().flatMap(answers::refusal);
      if (conflict.isPresent()) {
        result = Optional.of(new Receipt.Refused(conflict.get()));
        return;
      }
      admitted = true;
      origins = answers.admitted(reception, members);
    }
  }

  /** Counts that a peer holds or shows something else. */
  public void diverged(Divergence found) {
    registry.checksums().diverged(found);
  }

  /** Ends the recovery: the node takes writes, and answers for its own origin. */
  public void recovered() {
    registry.recovered();
    notifier.wrote();
  }

  /** Ends the start of the node: entries of its peers may have hidden its first writes. */
  public void synchronised() {
    registry.synchronised();
    turned();
  }

  /** To be called after any turn of the registry: each may write, because a corrected clock gives own entries new versions (P4, P8). */
  public void turned() {
    notifier.upTo(registry.last());
    beats.wrote(registry.last());
    int jumpsNow = registry.clockJumps();
    if (jumpsNow != jumps) {
      jumps = jumpsNow;
      self.redraw(registry.nowMillis());
      listener.redrew();
    }
  }

  private void publishWrites() {
    listener.wrote(responses.written(livenessMillis));
  }

  /** Returns peer → origin → milliseconds by which the peer was behind when it last asked. */
  Map<String, Map<String, Long>> lags(RegistryStats stats) {
    return horizons.lags(stats);
  }

  /** Returns name → why exchanges under it are refused now. */
  Map<String, String> conflicts() {
    return identities.conflicts(monotonicMillis());
  }

  /** Returns the lives of the peers' processes. */
  PeerIdentities identities() {
    return identities;
  }

  /** Returns peer → for how many milliseconds its settings have differed, if for minutes. */
  Map<String, Long> settingsDiffer() {
    return answers.settingsDiffer();
  }

  /** Returns the peers of version 2 that do not know drains (P18). */
  Set<String> withoutDrains() {
    return answers.withoutDrains();
  }

  /** Returns what watches the exchanges. */
  GossipBeats beats() {
    return beats;
  }

  /** Returns how long writes of other nodes took to come here. */
  Histogram propagation() {
    return answers.propagation();
  }

  private long monotonicMillis() {
    return monotonicNanos.getAsLong() / 1_000_000;
  }

  /** A node that is not a member is taken as it is, unless it names another cluster. */
  private PeerIdentities.Standing standing(PeerIdentities.Claim claim) {
    String name = claim.handshake().name();
    boolean wasGood = !identities.hasConflict(name, monotonicMillis());
    PeerIdentities.Standing standing = members.contains(name)
        ? identities.asked(claim, monotonicMillis())
        : identities.askedByStranger(claim);
    if (wasGood && standing instanceof PeerIdentities.Refused refused && members.contains(name)) {
      listener.conflicts(refused.reason());
    }
    return standing;
  }

  /** Notes the horizons of a member, or has the address of a claimed name asked (P9). */
  private void note(String name, Digest asked, PeerIdentities.Standing standing) {
    if (standing instanceof PeerIdentities.Known) {
      horizons.asked(name, asked, members);
    } else if (standing.equals(new PeerIdentities.Stranger(Check.DUE))) {
      listener.met(new PeerMet(name, PeerMet.Life.NEW));
    }
  }

  /** Notifies that a member has asked, and what it owes if its claim has raised the clock (P8). */
  private void met(String name, Digest asked, long newestBefore) {
    long seen = asked.horizons().getOrDefault(ownName(), 0L);
    boolean raised = seen > newestBefore && seen <= registry.last() && !registry.recovering();
    listener.met(new PeerMet(
        name, PeerMet.Life.KNOWN, raised ? OptionalLong.of(newestBefore) : OptionalLong.empty()));
  }

  private String ownName() {
    return self.handshake().name();
  }
}
