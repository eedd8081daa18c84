package io.hera.gossip;

import io.hera.gossip.DiscoveryCommand.Found;
import io.hera.gossip.DiscoveryCommand.Note;
import io.hera.gossip.DiscoveryCommand.Probe;
import io.hera.gossip.DiscoveryCommand.Resolve;
import io.hera.gossip.DiscoveryCommand.Wait;
import io.hera.wire.Handshake;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Finds the peers of a node whose cluster is a DNS name (P21), without I/O: each method takes an event and returns {@link
 * DiscoveryCommand}s. Plain single-threaded Java, driven by {@link DiscoveryVerticle}, and by the simulation. Times are monotonic
 * milliseconds.
 *
 * <p>DNS knows addresses and no names, it is late, and it may be empty for hours. So it only proposes addresses, each of which is <i>probed</i>:
 * its answer says which node is there, by name and life, and of which cluster. The name is resolved every 5 to 10 s forever. An answer
 * of DNS adds addresses at once; it takes one away when the address has been missing for {@value #GONE_MILLIS} ms <i>and</i> fails. An
 * empty answer, and a failure, change nothing.
 *
 * <p>An address is probed until it is known, and again as soon as pulls from its node fail: another process may be there now. A node
 * of another cluster is refused, and nothing of it is kept, not even its name. A node at two addresses is one peer at the
 * first of them. If a name comes back with another life from another address, the former address is probed: a Pod that was replaced does not
 * answer there, and then the peer is moved; if it does answer, two processes have one name, and the former one stays the peer.
 */
public final class Discovery {
  static final long RESOLVE_MIN_MILLIS = 5_000;
  static final long RESOLVE_MAX_MILLIS = 10_000;
  static final long GONE_MILLIS = 60_000;

  /** How often the name is resolved while the node starts. */
  static final long SEEK_MILLIS = 500;

  private static final long SEEK_TOTAL_MILLIS = 30_000;

  /** Bounds how often requests of strangers make the node resolve the name. */
  private static final long ASKED_MILLIS = 1_000;

  /** Most addresses: each node exchanges with each other one. */
  static final int ADDRESSES_MAX = 256;

  private final String self;
  private final String cluster;
  private final RandomGenerator random;
  private final Map<String, Candidate> candidates = new TreeMap<>();
  private Found told = new Found(Map.of(), GossipSettings.Search.BEGUN);
  private Resolution resolution = new Resolution(Resolution.State.UNKNOWN, "", 0, 0);
  private long startedMillis;
  private long resolvedMillis;
  private int waits;
  private boolean resolving;

  /**
   * Knows no addresses yet.
   *
   * @param self the node's name
   * @param cluster the name of its cluster, not empty
   * @param random spreads the requests to DNS
   */
  public Discovery(String self, String cluster, RandomGenerator random) {
    this.self = self;
    this.cluster = cluster;
    this.random = random;
  }

  /** The node starts. */
  public List<DiscoveryCommand> start(long nowMillis) {
    startedMillis = nowMillis;
    return resolve();
  }

  /** A timer is due. One that was replaced by another is ignored. */
  public List<DiscoveryCommand> due(Wait wait) {
    return wait.number() == waits ? resolve() : List.of();
  }

  /** A node that is not a peer has asked this one in the name of the cluster, so DNS may know more by now. */
  public List<DiscoveryCommand> asked(long nowMillis) {
    return nowMillis - resolvedMillis < ASKED_MILLIS ? List.of() : resolve();
  }

  private List<DiscoveryCommand> resolve() {
    if (resolving) {
      return List.of();
    }
    resolving = true;
    return List.of(new Resolve());
  }

  /**
   * DNS has answered, perhaps without addresses.
   *
   * @param failing the peers from which the last pull failed
   */
  public List<DiscoveryCommand> resolved(
      Collection<String> addresses, Set<String> failing, long nowMillis) {
    List<DiscoveryCommand> commands = new ArrayList<>();
    if (addresses.isEmpty()) {
      commands.addAll(answered(Resolution.State.EMPTY, "has no addresses", nowMillis));
    } else {
      commands.addAll(answered(Resolution.State.ANSWERS, "", nowMillis));
      take(new TreeSet<>(addresses), nowMillis);
    }
    commands.addAll(probes(failing));
    commands.addAll(tell());
    commands.add(next(nowMillis));
    return commands;
  }

  /** DNS has failed; the addresses stay. */
  public List<DiscoveryCommand> failed(String reason, Set<String> failing, long nowMillis) {
    List<DiscoveryCommand> commands =
        new ArrayList<>(answered(Resolution.State.FAILS, reason, nowMillis));
    commands.addAll(probes(failing));
    commands.add(next(nowMillis));
    return commands;
  }

  /**
   * An address has answered a probe.
   *
   * @param peer what the node there says of itself; empty if it does not say that
   * @param ownLife of this node
   */
  public List<DiscoveryCommand> answered(String address, Optional<Handshake> peer, String ownLife) {
    Candidate candidate = candidates.get(address);
    if (candidate == null) {
      return List.of();
    }
    List<DiscoveryCommand> commands = new ArrayList<>();
    String faultBefore = candidate.fault;
    boolean isNew = candidate.answered(peer, fault(peer, ownLife));
    if (candidate.isRefused() && !candidate.fault.equals(faultBefore)) {
      commands.add(new Note(Note.Kind.REFUSED, address + " " + candidate.fault));
    }
    if (isNew) {
      commands.addAll(verify(candidate));
    }
    commands.addAll(tell());
    return commands;
  }

  /** A probe has failed. */
  public List<DiscoveryCommand> unanswered(String address, Failure failure) {
    Candidate candidate = candidates.get(address);
    if (candidate == null) {
      return List.of();
    }
    candidate.failed(failure);
    return tell();
  }

  /** Returns how DNS answers. */
  public Resolution resolution() {
    return resolution;
  }

  /** Returns address → which node is there, or why it is not one of this cluster. */
  public Map<String, String> addresses() {
    Map<String, String> described = new TreeMap<>();
    candidates.forEach((address, candidate) -> described.put(address, candidate.describe()));
    return described;
  }

  /** Returns peer → the address at which it is asked. */
  public Map<String, String> peers() {
    return told.peers();
  }

  /** Returns why the node at an address is not a peer: {@link Candidate#SELF} if it is this one; empty if it is a peer. */
  private String fault(Optional<Handshake> peer, String ownLife) {
    if (peer.isEmpty()) {
      return "does not say which node it is";
    } else if (peer.get().life().equals(ownLife)) {
      return Candidate.SELF;
    } else if (!peer.get().cluster().equals(cluster)) {
      return peer.get().cluster().isEmpty()
          ? "is of a cluster without a name, and not of " + cluster
          : "is of the cluster " + peer.get().cluster() + ", and not of " + cluster;
    }
    return peer.get().name().equals(self)
        ? "is another process with the name of this node, " + self
        : "";
  }

  /** Adds the addresses, and drops those that are gone and fail. */
  private void take(Set<String> addresses, long nowMillis) {
    for (String address : addresses) {
      if (candidates.containsKey(address) || candidates.size() < ADDRESSES_MAX) {
        candidates.computeIfAbsent(address, Candidate::new);
      }
    }
    candidates
        .values()
        .forEach(candidate -> candidate.inDns(addresses.contains(candidate.address), nowMillis));
    candidates.values().removeIf(candidate -> candidate.isGone(nowMillis));
  }

  private List<DiscoveryCommand> probes(Set<String> failing) {
    List<DiscoveryCommand> probes = new ArrayList<>();
    for (Candidate candidate : candidates.values()) {
      boolean pullsFail = failing.contains(candidate.name())
          && candidate.address.equals(told.peers().get(candidate.name()));
      if (candidate.isUnknown() || pullsFail) {
        probe(candidate, probes);
      }
    }
    return probes;
  }

  private static void probe(Candidate candidate, List<DiscoveryCommand> probes) {
    if (!candidate.probing) {
      candidate.probing = true;
      probes.add(new Probe(candidate.address));
    }
  }

  /** Probes the other addresses of a name that has come back with another life. */
  private List<DiscoveryCommand> verify(Candidate moved) {
    List<DiscoveryCommand> probes = new ArrayList<>();
    candidates.values().stream()
        .filter(other -> other != moved && other.name().equals(moved.name()))
        .filter(other -> !other.life().equals(moved.life()) && !other.failing)
        .forEach(other -> probe(other, probes));
    return probes;
  }

  /** Returns the peers, if they are others than before. */
  private List<DiscoveryCommand> tell() {
    Map<String, String> peers = new TreeMap<>();
    candidates.values().stream()
        .filter(candidate -> !candidate.name().isEmpty())
        .forEach(candidate -> peers.merge(candidate.name(), candidate.address, this::better));
    Found now = new Found(peers, search(peers));
    if (now.equals(told)) {
      return List.of();
    }
    told = now;
    return List.of(now);
  }

  /** Returns that of two addresses of one name at which the peer is asked: the present one, unless it fails. */
  private String better(String one, String other) {
    Candidate first = candidateAt(one);
    Candidate second = candidateAt(other);
    if (first.failing != second.failing) {
      return first.failing ? other : one;
    }
    return other.equals(told.peers().get(second.name())) ? other : one;
  }

  private Candidate candidateAt(String address) {
    Candidate candidate = candidates.get(address);
    if (candidate == null) {
      throw new IllegalStateException("not a candidate: " + address);
    }
    return candidate;
  }

  /** The search has ended when a peer was found and every address has answered, or refuses connections; it does not begin again. */
  private GossipSettings.Search search(Map<String, String> peers) {
    boolean ended = told.search() == GossipSettings.Search.ENDED
        || (!peers.isEmpty() && candidates.values().stream().allMatch(Candidate::isSettled));
    return ended ? GossipSettings.Search.ENDED : GossipSettings.Search.BEGUN;
  }

  private List<DiscoveryCommand> answered(Resolution.State state, String error, long nowMillis) {
    Resolution before = resolution;
    boolean ok = state == Resolution.State.ANSWERS;
    resolution = new Resolution(
        state, error, before.failures() + (ok ? 0 : 1), ok ? nowMillis : before.answeredMillis());
    if (state == before.state() || (ok && before.state() == Resolution.State.UNKNOWN)) {
      return List.of();
    }
    return List.of(new Note(ok ? Note.Kind.DNS_ANSWERS : Note.Kind.DNS_FAILS, error));
  }

  /** A node that starts does not wait for long: DNS may know of its peers a second later. */
  private DiscoveryCommand next(long nowMillis) {
    resolving = false;
    resolvedMillis = nowMillis;
    boolean seeks = told.search() == GossipSettings.Search.BEGUN
        && nowMillis - startedMillis < SEEK_TOTAL_MILLIS;
    long pause = RESOLVE_MIN_MILLIS + random.nextLong(RESOLVE_MAX_MILLIS - RESOLVE_MIN_MILLIS + 1);
    return new Wait(++waits, seeks ? SEEK_MILLIS : pause);
  }
}
