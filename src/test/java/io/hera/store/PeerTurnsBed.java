package io.hera.store;

import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.Registry;
import io.hera.store.PeerIdentities.Claim;
import io.hera.store.PeerIdentities.Introduction;
import io.hera.testkit.Handshakes;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import io.hera.wire.DeltasTarget;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The peers' side of the node a, of a cluster of a, b and c, and what it publishes. */
final class PeerTurnsBed implements PeerTurns.Listener {
  static final String AT_B = "10.0.0.2:1";
  static final String AT_STRANGER = "10.0.0.9:1";
  static final Set<String> MEMBERS = Set.of("a", "b", "c");

  final ManualTimer timer = new ManualTimer();
  final List<PeerMet> met = new ArrayList<>();
  final List<String> conflicts = new ArrayList<>();
  final List<String> differing = new ArrayList<>();
  int redrawn;
  private long steppedMillis;
  final OwnHandshake self = Handshakes.own(new NodeId("a", "life-a"), MEMBERS);
  final Registry registry = new Registry(
      "a",
      MEMBERS,
      TestLimits.DEFAULT,
      () -> Instant.ofEpochMilli(wallMillis()),
      this::nanos,
      new ContentHasher(Set.of()),
      change -> {});
  final PeerTurns turns = new PeerTurns(
      self, registry, new StoreSettings(MEMBERS, TestLimits.DEFAULT), this::nanos, timer, this);

  PeerTurnsBed() {
    turns.recovered();
  }

  long wallMillis() {
    return 1_700_000_000_000L + timer.nowMillis() + steppedMillis;
  }

  /** Steps the wall clock. */
  void step(long millis) {
    steppedMillis += millis;
  }

  /** Lets time pass, with turns of the purge. */
  void pass(long millis) {
    for (long passed = 0; passed < millis; passed += Registry.PURGE_INTERVAL_MILLIS) {
      timer.advance(Registry.PURGE_INTERVAL_MILLIS);
      registry.purge(1_000);
      turns.turned();
    }
  }

  private long nanos() {
    return TimeUnit.MILLISECONDS.toNanos(timer.nowMillis());
  }

  /** A pull from the address of b is answered, with an empty delta. */
  Receipt answered(Handshake says) {
    return answered(Handshakes.introduction("b", says, AT_B, MEMBERS), new Delta(List.of()));
  }

  /** A pull from the address of b, above the digest of this node, is answered with this. */
  Receipt answered(Introduction introduction, Delta delta) {
    Digest asked = turns.digest("b");
    return receive(introduction, asked, delta);
  }

  /** A pull from the address of b, above the digest of this node, is answered with this by a node of 2012. */
  Receipt answeredAsIn2012(Delta delta) {
    return receive(Optional.empty(), turns.digest("b"), delta);
  }

  /** The peer at the address of b has answered this to this digest. */
  Receipt receive(Introduction introduction, Digest asked, Delta delta) {
    return receive(Optional.of(introduction), asked, delta);
  }

  private Receipt receive(Optional<Introduction> introduction, Digest asked, Delta delta) {
    return turns.receive(new Reception(
        "b",
        introduction,
        asked,
        delta,
        Reception.Place.WITHIN,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty()));
  }

  /** A request has come that says this. */
  DeltaReply asked(Handshake says, Map<String, Long> digest) {
    return turns.delta(new DeltaRequest(
        Optional.of(new Claim(says, AT_STRANGER)),
        DeltasTarget.of(new Digest(digest)),
        Dialect.V2,
        100_000));
  }

  @Override
  public void wrote(Written written) {
    // No peer waits.
  }

  @Override
  public void met(PeerMet peer) {
    met.add(peer);
  }

  @Override
  public void conflicts(String reason) {
    conflicts.add(reason);
  }

  @Override
  public void redrew() {
    redrawn++;
  }

  @Override
  public void settingsDiffer(String peer) {
    differing.add(peer);
  }
}
