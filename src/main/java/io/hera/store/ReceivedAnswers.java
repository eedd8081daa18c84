package io.hera.store;

import io.hera.registry.Comparison;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.Merged;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registry;
import io.hera.registry.ViewChecksum;
import io.hera.wire.Handshake;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** The answers that peers give to this node: whether they are taken, and how they get into the registry. Owned by {@link PeerTurns}. */
final class ReceivedAnswers {
  private final OwnHandshake self;
  private final Registry registry;
  private final PeerIdentities identities;
  private final LongSupplier monotonicMillis;
  private final PeerTurns.Listener listener;
  private final SettingsDifferences differences = new SettingsDifferences();
  private final Histogram propagation = new Histogram();
  private final Set<String> withoutDrains = new TreeSet<>();
  /** Members that last answered as a node of 2012. */
  private final Set<String> of2012 = new HashSet<>();

  ReceivedAnswers(
      OwnHandshake self,
      Registry registry,
      PeerIdentities identities,
      LongSupplier monotonicMillis,
      PeerTurns.Listener listener) {
    this.self = self;
    this.registry = registry;
    this.identities = identities;
    this.monotonicMillis = monotonicMillis;
    this.listener = listener;
  }

  /** Forgets the peers that are not among {@code members}. */
  void retain(Set<String> members) {
    differences.retain(members);
    withoutDrains.retainAll(members);
    of2012.retainAll(members);
  }

  /** Returns peer → for how many milliseconds its settings have differed, if for minutes. */
  Map<String, Long> settingsDiffer() {
    return differences.lasting(monotonicMillis.getAsLong());
  }

  /** Returns how long writes of other nodes took to come here. */
  Histogram propagation() {
    return propagation;
  }

  /** Notes what a peer that is not refused says of itself; returns the origins that are taken from its answer. */
  Set<String> admitted(Reception reception, Set<String> members) {
    reception.introduction().ifPresent(this::compareSettings);
    noteDrains(reception);
    note(of2012, reception.peer(), reception.introduction().isEmpty());
    reception.wallMillis().ifPresent(wallMillis -> registry.heard(reception.peer(), wallMillis));
    return AnsweredOrigins.of(reception, members, identities, registry);
  }

  /** Everything of an answer is merged, but for entries from too far in the future. */
  Receipt ended(Reception reception, Set<String> origins, int future) {
    reception
        .introduction()
        .ifPresent(peer -> registry.answered(
            reception.peer(),
            peer.handshake().sinceMillis(),
            reception.asked(),
            reception.delta(),
            origins));
    if (reception.place() == Reception.Place.ENDS_PULL) {
      registry.pulled(reception.peer());
    }
    Comparison comparison = reception
        .checksums()
        .map(theirs -> registry
            .checksums()
            .compare(AnsweredOrigins.of(theirs, origins), comparableView(reception)))
        .orElse(Comparison.EMPTY);
    boolean ofAll = reception.asked().horizons().size() > 1;
    Digest next =
        ofAll ? registry.nextOfPull(reception.peer()) : registry.nextDigest(reception.peer());
    return new Receipt.Taken(next, comparison, future);
  }

  /** Nodes with other settings show other things (P17), and so do nodes that do not know drains (P18). */
  private Optional<ViewChecksum> comparableView(Reception reception) {
    String cfg = self.handshake().cfg();
    boolean drains = registry.view().hasDrains();
    return reception
            .introduction()
            .filter(peer -> peer.handshake().cfg().equals(cfg))
            .filter(peer -> !drains || peer.handshake().can(Handshake.DRAIN_RULE))
            .isPresent()
        ? reception.view()
        : Optional.empty();
  }

  /** A node of 2012 is not among those that have to know drains: its clients go on as they are (P18). */
  private void noteDrains(Reception reception) {
    boolean lacks = reception
        .introduction()
        .filter(peer -> !peer.handshake().can(Handshake.DRAIN_RULE))
        .isPresent();
    note(withoutDrains, reception.peer(), lacks);
  }

  private static void note(Set<String> some, String peer, boolean isOne) {
    if (isOne) {
      some.add(peer);
    } else {
      some.remove(peer);
    }
  }

  /** Returns the peers of version 2 that do not know drains, as of their last answers (P18). */
  Set<String> withoutDrains() {
    return Collections.unmodifiableSet(withoutDrains);
  }

  /**
   * Returns the origins of which a peer's answer has the ttls and ages. Version 1 has none, and a peer may hold what a node of
   * 2012 has passed on; its own entries are known by their origin alone then (P6).
   */
  private Set<String> exact(String peer, Set<String> origins) {
    return of2012.isEmpty() ? origins : Set.of(peer);
  }

  private void compareSettings(PeerIdentities.Introduction peer) {
    String theirs = peer.handshake().cfg();
    if (differences.told(
        peer.expected(), theirs, self.handshake().cfg(), monotonicMillis.getAsLong())) {
      listener.settingsDiffer(peer.expected());
    }
  }

  /** Returns why an answer is refused (P9, P17); logs it if the peer was accepted before. */
  Optional<String> refusal(PeerIdentities.Introduction introduction) {
    long now = monotonicMillis.getAsLong();
    boolean wasGood = !identities.hasConflict(introduction.expected(), now);
    Optional<String> conflict = identities.answered(introduction, now);
    if (wasGood && identities.hasConflict(introduction.expected(), now)) {
      conflict.ifPresent(listener::conflicts);
    }
    return conflict;
  }

  /** Versions are close to unix milliseconds, so they tell when a write was made. */
  Merged merge(String peer, Delta delta, Set<String> origins) {
    Map<String, Long> before = registry.nextDigest(peer).horizons();
    Merged merged = registry.merge(delta, origins, exact(peer, origins));
    long now = registry.nowMillis();
    for (OriginDelta part : delta.origins()) {
      long reached = before.getOrDefault(part.origin(), Long.MAX_VALUE);
      for (Entry entry : part.entries()) {
        if (entry.version() > reached && !part.origin().equals(self.handshake().name())) {
          propagation.count(1_000 * Math.max(0, now - entry.version()));
        }
      }
    }
    return merged;
  }
}
