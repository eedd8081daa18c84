package io.hera.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The state of a client at one moment: for health pages and metrics.
 *
 * @param nodes the preferred one first
 * @param requests how many were sent, heartbeats and watches included
 */
public record ClientStatus(
    List<NodeStatus> nodes,
    List<RegistrationStatus> registrations,
    List<ViewStatus> views,
    long requests) {
  /** Copies the lists. */
  public ClientStatus {
    nodes = List.copyOf(nodes);
    registrations = List.copyOf(registrations);
    views = List.copyOf(views);
  }

  /** How a node stands. */
  public enum NodeState {
    /** It was not asked yet. */
    UNKNOWN,
    /** It answers. */
    ANSWERS,
    /** Its last request failed; others are used instead. */
    ASIDE
  }

  /**
   * A node.
   *
   * @param url where it is asked
   * @param rank 0 for the nodes that are used first
   * @param lastAnswerAge empty if it never answered
   * @param lastError of the last request that failed; empty if all were answered
   * @param retries requests that were sent again, because an old connection had ended
   */
  public record NodeStatus(
      String url,
      int rank,
      NodeState state,
      Optional<Duration> lastAnswerAge,
      Optional<String> lastError,
      long retries) {}

  /**
   * A registration.
   *
   * @param problem empty if all is well
   * @param lastAcceptedAge since a node last accepted a heartbeat; empty if none did
   */
  public record RegistrationStatus(
      String service,
      String id,
      Registration.State state,
      Optional<HeraProblem> problem,
      Optional<Duration> lastAcceptedAge) {}

  /**
   * A watched service.
   *
   * @param instances how many it has, held ones included
   * @param held how many of them the newest answer lacks
   * @param age since when it has this freshness
   */
  public record ViewStatus(
      String service,
      List<Match> matches,
      Snapshot.Freshness freshness,
      int instances,
      int held,
      Duration age) {
    /** Copies the conditions. */
    public ViewStatus {
      matches = List.copyOf(matches);
    }
  }
}
