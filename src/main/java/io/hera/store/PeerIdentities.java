package io.hera.store;

import io.hera.store.StoreSettings.Membership;
import io.hera.wire.Handshake;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides which processes to believe (P9, P17). Owned by {@link PeerTurns}; times are monotonic milliseconds.
 *
 * <p>The truth about a name is the life that was last fetched from the address that is configured for it ({@link
 * FetchedLives}). A request only claims a name: anyone may send it. It is believed if it claims that life; any other life is
 * answered like a stranger, while the address is asked at once. If the address then answers with another life still, the
 * requests of the claimed life are refused, and nothing else is.
 */
public final class PeerIdentities {
  /** How long a conflict that a request causes is reported after the last such request. */
  private static final long REPORTED_MILLIS = 30_000;

  private final OwnHandshake self;
  private final Membership membership;
  private final Map<String, FetchedLives> peers = new HashMap<>();
  private final Map<String, ClaimedLives> claims = new HashMap<>();
  /** Peer → when the last pull from it was begun, or answered last; the next request of it is sent afterwards. */
  private final Map<String, Long> pullsBegun = new HashMap<>();
  /** Peer → when it last answered a request that waits; the next one is sent afterwards. */
  private final Map<String, Long> hangingAnswered = new HashMap<>();

  private final Map<String, Conflict> conflicts = new TreeMap<>();
  private long refused;
  private long foreign;

  /** Knows no peers yet; {@code self} is what this node says of itself. */
  public PeerIdentities(OwnHandshake self) {
    this(self, Membership.LISTED);
  }

  /** Knows no peers yet. If they are found, a node without the name of a cluster is of another one (P21). */
  PeerIdentities(OwnHandshake self, Membership membership) {
    this.self = self;
    this.membership = membership;
  }

  /**
   * What a peer answered of itself.
   *
   * @param expected the name that is configured for the address that was asked
   * @param handshake what it says of itself
   * @param address where it answered, for people
   * @param exchange in which it answered
   * @param members hash of the names in its cluster; empty from version 1.0
   * @param held origins of which it holds entries, and that were not asked for (P16)
   */
  public record Introduction(
      String expected,
      Handshake handshake,
      String address,
      Exchange exchange,
      String members,
      Set<String> held) {
    public Introduction {
      held = Set.copyOf(held);
    }

    /** How the peer was asked. */
    public enum Exchange {
      /** By a pull, which was asked after it was begun. */
      PULL,
      /** By a request that waits for a write, perhaps for long. */
      HANGING_PULL
    }
  }

  /**
   * What a request says of its sender.
   *
   * @param address where the request came from, for people
   */
  public record Claim(Handshake handshake, String address) {}

  /** How to treat a request. */
  public sealed interface Standing {}

  /** It comes from the process that was last fetched under its name. */
  public record Known() implements Standing {}

  /** It is answered like that of a stranger. */
  public record Stranger(Check check) implements Standing {
    /** Whether the address that is configured for the claimed name is to be asked. */
    public enum Check {
      /** At once: the claim may be true. */
      DUE,
      /** It was asked a moment ago, or the request is an old one. */
      NOT_DUE
    }
  }

  /**
   * It is refused.
   *
   * @param reason for a person
   */
  public record Refused(String reason) implements Standing {}

  private record Conflict(String reason, long untilMillis) {}

  /**
   * Returns whether the peer is certainly of this cluster: both name it, or neither does and they have the same members. Only
   * such a peer may answer for origins that are not members (P16).
   */
  public boolean ofThisCluster(Introduction introduction) {
    Handshake own = self.handshake();
    Handshake peer = introduction.handshake();
    return (own.cluster().isEmpty() && peer.cluster().isEmpty())
        ? introduction.members().equals(self.membersHash())
        : own.cluster().equals(peer.cluster());
  }

  /** A pull from the peer begins. */
  void pullBegins(String peer, long nowMillis) {
    pullsBegun.put(peer, nowMillis);
  }

  /**
   * The peer at a configured address has answered; returns why the answer is refused, for a person; empty if it is not. An answer
   * of a process that was replaced since is dropped, and does not count as a conflict.
   */
  public Optional<String> answered(Introduction introduction, long nowMillis) {
    Handshake peer = introduction.handshake();
    FetchedLives fetched = peers.get(introduction.expected());
    Map<String, Long> asked =
        introduction.exchange() == Introduction.Exchange.PULL ? pullsBegun : hangingAnswered;
    long askedMillis = asked.getOrDefault(introduction.expected(), Long.MIN_VALUE);
    asked.put(introduction.expected(), nowMillis);
    if (fetched != null && fetched.isOldAnswer(peer, askedMillis)) {
      return Optional.of("the answer is that of a process that was replaced since");
    }
    Optional<String> conflict = foreignCluster(peer, introduction.address());
    if (conflict.isPresent()) {
      foreign++;
    } else {
      conflict = nameConflict(introduction, askedMillis, nowMillis);
      refused += conflict.isPresent() ? 1 : 0;
    }
    if (conflict.isPresent()) {
      conflicts.put(introduction.expected(), new Conflict(conflict.get(), Long.MAX_VALUE));
    } else {
      conflicts.remove(introduction.expected());
    }
    return conflict;
  }

  /** A request has come that claims the name of this node or of a member. */
  public Standing asked(Claim claim, long nowMillis) {
    String name = claim.handshake().name();
    Optional<String> otherCluster = foreignClaim(claim);
    if (otherCluster.isPresent()) {
      return noted(name, otherCluster.get(), nowMillis);
    }
    boolean isSelf = claim.handshake().life().equals(self.handshake().life());
    if (isSelf && membership == Membership.FOUND) {
      return new Stranger(Stranger.Check.NOT_DUE); // the node finds its own address too
    }
    if (name.equals(self.handshake().name())) {
      return refused(name, ownName(claim.handshake(), claim.address()), nowMillis);
    }
    FetchedLives fetched = peers.get(name);
    if (fetched != null && fetched.isCurrent(claim.handshake())) {
      return new Known();
    }
    if (fetched != null && fetched.isOldRequest(claim.handshake(), nowMillis)) {
      return new Stranger(Stranger.Check.NOT_DUE);
    }
    return claimsOf(name)
        .claimed(claim, fetched, nowMillis)
        .<Standing>map(reason -> refused(name, reason, nowMillis))
        .orElseGet(() -> stranger(name, nowMillis));
  }

  /**
   * A request has come that claims the name of a node that is not a member; it is refused if it is of another cluster (P17). Where
   * members are found, it may become one (P21).
   */
  public Standing askedByStranger(Claim claim) {
    Stranger.Check check =
        membership == Membership.FOUND ? Stranger.Check.DUE : Stranger.Check.NOT_DUE;
    return foreignClaim(claim).<Standing>map(Refused::new).orElseGet(() -> new Stranger(check));
  }

  /** Forgets the peers that are not members. */
  void retain(Set<String> members) {
    peers.keySet().retainAll(members);
    claims.keySet().retainAll(members);
    pullsBegun.keySet().retainAll(members);
    hangingAnswered.keySet().retainAll(members);
    conflicts.keySet().retainAll(members);
  }

  /** Returns name → why exchanges under it are refused now. */
  public Map<String, String> conflicts(long nowMillis) {
    forgetConflicts(nowMillis);
    Map<String, String> reasons = new TreeMap<>();
    conflicts.forEach((name, conflict) -> reasons.put(name, conflict.reason));
    return reasons;
  }

  /** Returns whether exchanges under the name are refused now. */
  boolean hasConflict(String name, long nowMillis) {
    forgetConflicts(nowMillis);
    return conflicts.containsKey(name);
  }

  private void forgetConflicts(long nowMillis) {
    conflicts.values().removeIf(conflict -> conflict.untilMillis < nowMillis);
  }

  /** Returns how many exchanges were refused for a name since the start. */
  public long refused() {
    return refused;
  }

  /** Returns how many exchanges were refused for the name of the other cluster since the start. */
  public long foreign() {
    return foreign;
  }

  private Optional<String> nameConflict(
      Introduction introduction, long askedMillis, long nowMillis) {
    Handshake peer = introduction.handshake();
    if (peer.name().equals(self.handshake().name())) {
      return Optional.of(ownName(peer, introduction.address()));
    }
    if (!peer.name().equals(introduction.expected())) {
      return Optional.of("the node at %s is configured as %s but says that it is %s"
          .formatted(introduction.address(), introduction.expected(), peer.name()));
    }
    FetchedLives lives = peers.computeIfAbsent(peer.name(), any -> new FetchedLives());
    Optional<String> conflict = lives.fetched(introduction, nowMillis);
    Optional.ofNullable(claims.get(peer.name()))
        .ifPresent(claimed -> claimed.fetched(peer.life(), askedMillis));
    return conflict;
  }

  private Refused refused(String name, String reason, long nowMillis) {
    refused++;
    return noted(name, reason, nowMillis);
  }

  private Refused noted(String name, String reason, long nowMillis) {
    Conflict before = conflicts.get(name);
    if (before == null || before.untilMillis != Long.MAX_VALUE) {
      conflicts.put(name, new Conflict(reason, nowMillis + REPORTED_MILLIS));
    }
    return new Refused(reason);
  }

  private Stranger stranger(String name, long nowMillis) {
    boolean ask = claimsOf(name).asks(nowMillis);
    return new Stranger(ask ? Stranger.Check.DUE : Stranger.Check.NOT_DUE);
  }

  private ClaimedLives claimsOf(String name) {
    return claims.computeIfAbsent(name, any -> new ClaimedLives());
  }

  private Optional<String> foreignClaim(Claim claim) {
    Optional<String> reason = foreignCluster(claim.handshake(), claim.address());
    foreign += reason.isPresent() ? 1 : 0;
    return reason;
  }

  private String ownName(Handshake peer, String address) {
    String own = self.handshake().name();
    return peer.life().equals(self.handshake().life())
        ? "the address %s leads back to this node, %s".formatted(address, own)
        : "another process, at %s, runs under the name of this node, %s".formatted(address, own);
  }

  private Optional<String> foreignCluster(Handshake peer, String address) {
    Handshake own = self.handshake();
    boolean isUnnamed = own.cluster().isEmpty() || peer.cluster().isEmpty();
    boolean isOurs =
        own.cluster().equals(peer.cluster()) || (isUnnamed && membership == Membership.LISTED);
    return isOurs
        ? Optional.empty()
        : Optional.of("the node %s at %s is of %s, and this node, %s, of the cluster %s"
            .formatted(
                peer.name(),
                address,
                peer.cluster().isEmpty() ? "no named cluster" : "the cluster " + peer.cluster(),
                own.name(),
                own.cluster()));
  }
}
