package io.hera.wire;

import io.hera.json.Malformed;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The answer to {@code GET /_status}: the state of a node, and its view of its peers. The node writes it; metrics and the doctor read it.
 *
 * @param life random id of the process
 * @param uptimeSeconds since the process started
 * @param ready whether the node takes writes
 * @param instances in the view
 * @param services with at least one instance
 * @param watchers clients that wait for a change or follow a stream of events
 * @param targetsLeftOut instances without an address, left out of lists for Prometheus since the start
 * @param tombstones held
 * @param documentBytes bytes of documents and ids of all origins
 * @param expired registrations that were not renewed in time since the start
 * @param divergedView how often a peer showed something else at the same horizons
 * @param origins by name, the entries held of each origin
 * @param peers by name, the state of the exchanges with each peer
 * @param refused counts since the start
 * @param quarantined malformed entries of peers, dropped since the start
 * @param conflicts by name, a description of each name that two processes use
 * @param claims kind → digests that named a version above the newest own one, since the start (P8)
 * @param frozen origin → why the node has not everything of it (P5)
 * @param clock the clock of the node, and how far it is corrected (P15)
 * @param settings those that all nodes of a cluster share
 * @param tls empty if the node serves without TLS
 * @param access identity → token → seconds since its last use, -1 if there was none since the start; empty if access is not limited
 * @param security empty from version 1.0
 * @param snapshot empty if the node keeps none
 * @param silent instances that are not renewed
 * @param draining empty unless an operator has the node send its clients to other nodes
 * @param history empty from nodes that have none
 * @param discovery empty if the nodes of the cluster are listed
 * @param drains empty from nodes that know none
 * @param overview empty from version 1.0
 * @param dns empty if the node answers none
 * @param leftOut way out → reason → instances and services that it left out, since the start
 */
public record NodeStatus(
    String node,
    String life,
    String version,
    long uptimeSeconds,
    boolean ready,
    long instances,
    long services,
    long watchers,
    long targetsLeftOut,
    long tombstones,
    long documentBytes,
    long expired,
    long divergedView,
    Map<String, Origin> origins,
    Map<String, PeerStatus> peers,
    Refused refused,
    long quarantined,
    Map<String, String> conflicts,
    Map<String, Long> claims,
    Map<String, Frozen> frozen,
    Clock clock,
    Settings settings,
    Optional<Tls> tls,
    Map<String, Map<String, Long>> access,
    Optional<SecurityStatus> security,
    Optional<Snapshot> snapshot,
    SilentInstances silent,
    Optional<Draining> draining,
    Optional<History> history,
    Optional<Discovery> discovery,
    Optional<Drains> drains,
    Optional<NodeOverview> overview,
    Optional<Dns> dns,
    Map<String, Map<String, Long>> leftOut) {

  /** Copies the maps, in the order of their names. */
  public NodeStatus {
    origins = Collections.unmodifiableMap(new TreeMap<>(origins));
    peers = Collections.unmodifiableMap(new TreeMap<>(peers));
    conflicts = Collections.unmodifiableMap(new TreeMap<>(conflicts));
    claims = Collections.unmodifiableMap(new TreeMap<>(claims));
    frozen = Collections.unmodifiableMap(new TreeMap<>(frozen));
    access = Collections.unmodifiableMap(new TreeMap<>(access));
    leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
  }

  /**
   * Why and since when a node sends its clients to other nodes.
   *
   * @param sinceMillis unix time
   * @param untilMillis unix time; empty if it does not end by itself
   * @param ageSeconds since it began
   * @param by the identity of the operator
   * @param reason in the operator's words; may be empty
   */
  public record Draining(
      long sinceMillis, OptionalLong untilMillis, long ageSeconds, String by, String reason) {}

  /**
   * How the nodes of a cluster are found by DNS (P21).
   *
   * @param dns name and port
   * @param ageSeconds since DNS last had addresses; empty if it never had
   * @param failures answers without addresses and failures, since the start
   * @param error why DNS has no addresses now; empty if it has some
   * @param addresses IP address → the node there, or why there is none
   */
  public record Discovery(
      String dns,
      OptionalLong ageSeconds,
      long failures,
      String error,
      Map<String, String> addresses) {
    /** Copies, in the order of the addresses. */
    public Discovery {
      addresses = Collections.unmodifiableMap(new TreeMap<>(addresses));
    }
  }

  /**
   * The snapshots that a node keeps (P14).
   *
   * @param ageSeconds of the last one; empty before the first
   * @param bytes of the last one
   * @param entries of the last one
   * @param restored instances from a snapshot that nothing has confirmed
   * @param failures saves that failed since the start
   * @param error why the last save failed, or why nothing is saved; empty if all is well
   * @param events the file of events beside it
   */
  public record Snapshot(
      OptionalLong ageSeconds,
      long bytes,
      long entries,
      long restored,
      long failures,
      String error,
      EventFile events) {}

  /**
   * The file of events that a node writes.
   *
   * @param written events since the start
   * @param lost events since the start that are not in the file
   * @param failures writes that failed since the start
   * @param error why the last write failed, or why nothing is written; empty if all is well
   */
  public record EventFile(long written, long lost, long failures, String error) {}

  /**
   * The history of a node.
   *
   * @param first number of the first event after which none is missing
   * @param last number of the last event; 0 before the first
   * @param sinceMillis when this process has begun to record; 0 before
   * @param events type → events since then
   * @param flapping instances that have ended five times or more within ten minutes
   */
  public record History(
      long first, long last, long sinceMillis, Map<String, Long> events, long flapping) {
    /** Copies, in the order of the types. */
    public History {
      events = Collections.unmodifiableMap(new TreeMap<>(events));
    }
  }

  /**
   * The drains in force (P18).
   *
   * @param count how many there are
   * @param instances that they hide
   * @param oldestSeconds since the command of the oldest one without an end; empty if there is none
   */
  public record Drains(long count, long instances, OptionalLong oldestSeconds) {}

  /**
   * The DNS server of a node. Counts are since the start.
   *
   * @param names of services
   * @param queries transport, type and code, with spaces between them → answers
   * @param truncated answers by UDP without everything
   * @param cut answers by TCP without everything
   * @param dropped why → messages without an answer
   * @param failures defects, which were answered by SERVFAIL
   */
  public record Dns(
      long names,
      Map<String, Long> queries,
      long truncated,
      long cut,
      Map<String, Long> dropped,
      long failures) {
    /** Copies, in the order of the names. */
    public Dns {
      queries = Collections.unmodifiableMap(new TreeMap<>(queries));
      dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
    }
  }

  /**
   * The entries held of one origin.
   *
   * @param entries registrations and tombstones
   * @param horizon version up to which the entries are complete
   * @param checksum of the registrations up to the horizon, 16 hexadecimal digits; empty from nodes that send none
   * @param diverged how often a peer held other entries at the same horizon
   */
  public record Origin(long entries, long horizon, String checksum, long diverged) {}

  /**
   * An origin of which an entry was refused.
   *
   * @param sinceMillis unix milliseconds
   * @param reason {@code capacity} or {@code future_version}
   */
  public record Frozen(long sinceMillis, String reason) {}

  /**
   * The clock of a node (P15).
   *
   * @param correctionMillis the time that the nodes agree on, minus the wall clock of this node
   * @param voters clocks that decided on it: the own one, those of peers, and the time carried on
   * @param wrong whether the correction is above half of the accepted skew
   */
  public record Clock(long correctionMillis, long voters, boolean wrong) {}

  /**
   * The settings that all nodes of a cluster share (P17).
   *
   * @param values key → text; empty from version 1.0
   * @param differ peer → seconds for which its settings have differed, if for minutes
   */
  public record Settings(Map<String, String> values, Map<String, Long> differ) {
    /** Copies, in the order of the names. */
    public Settings {
      values = Collections.unmodifiableMap(new TreeMap<>(values));
      differ = Collections.unmodifiableMap(new TreeMap<>(differ));
    }
  }

  /**
   * How a node speaks TLS.
   *
   * @param minVersion the oldest version that it accepts
   * @param certificates {@code own}, and {@code ca} if it has a CA of its own → the one that expires first
   * @param handshakeFailures reason → handshakes that failed at its server, since the start
   * @param reloadsRefused changes of its files that it has refused since the start
   * @param refused why it has refused the last change; empty if it has taken it
   */
  public record Tls(
      String minVersion,
      Map<String, Certificate> certificates,
      Map<String, Long> handshakeFailures,
      long reloadsRefused,
      String refused) {
    /** Copies, in the order of the names. */
    public Tls {
      certificates = Collections.unmodifiableMap(new TreeMap<>(certificates));
      handshakeFailures = Collections.unmodifiableMap(new TreeMap<>(handshakeFailures));
    }
  }

  /** A certificate: until when it is valid, as ISO 8601, and {@code far}, {@code near} (it should have been replaced) or {@code expired}. */
  public record Certificate(String notAfter, String expiry) {}

  /**
   * Counts of refusals since the start.
   *
   * @param requests type of problem → requests
   * @param gossip reason → parts of peers' answers, and exchanges
   */
  public record Refused(Map<String, Long> requests, Map<String, Long> gossip) {
    /** Copies, in the order of the names. */
    public Refused {
      requests = Collections.unmodifiableMap(new TreeMap<>(requests));
      gossip = Collections.unmodifiableMap(new TreeMap<>(gossip));
    }
  }

  /** Returns the status as compact JSON. */
  public byte[] toJson() {
    return NodeStatusWriter.write(this);
  }

  /**
   * Reads a status. Members that this version does not know are skipped.
   *
   * @throws Malformed if it is not JSON, or a member is missing or of another type
   */
  public static NodeStatus parse(byte[] json) throws Malformed {
    return NodeStatusReader.read(json);
  }
}
