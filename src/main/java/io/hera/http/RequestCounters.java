package io.hera.http;

import io.hera.store.LeftOut;
import io.hera.wire.ProblemType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts requests by route, problems by type, connections, clients that wait for changes, and instances left out of lists of targets. One per
 * node; any thread adds to it and reads it.
 */
public final class RequestCounters {
  /** The route of requests for nothing that exists, or that could not be understood. */
  static final String OTHER = "other";

  private static final int WATCHERS_MAX = 50_000;

  private final Map<String, RouteCounters> routes = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> problems = new ConcurrentHashMap<>();
  private final OpenConnections connections = new OpenConnections();
  private final PlaintextClients plaintext = new PlaintextClients();
  private final LongAdder watchers = new LongAdder();
  private final LeftOut leftOut = new LeftOut();
  private final LongAdder unlabelled = new LongAdder();

  /** Returns the counters of a route, which are made when it is first named. To be kept by those that count often. */
  RouteCounters route(String route) {
    return routes.computeIfAbsent(route, RouteCounters::new);
  }

  /** Returns the counters of all requests so far. */
  public List<RouteCounters.Series> requests() {
    return routes.values().stream()
        .map(RouteCounters::all)
        .flatMap(Collection::stream)
        .toList();
  }

  /** Returns the count of connections. */
  public OpenConnections connections() {
    return connections;
  }

  /** Returns the clients that come without TLS, while the cluster switches over. */
  public PlaintextClients plaintext() {
    return plaintext;
  }

  /** Adds {@code difference} to the number of clients that wait for changes. */
  public void watchers(int difference) {
    watchers.add(difference);
  }

  /** Returns whether one more client may wait for changes. */
  public boolean hasRoomForWatcher() {
    return watchers.sum() < WATCHERS_MAX;
  }

  /** Returns how many clients wait for changes. */
  public long watchers() {
    return watchers.sum();
  }

  /** Returns what the ways out leave out. */
  public LeftOut leftOut() {
    return leftOut;
  }

  /** Counts members that gave no label to a target, because another label has the name. */
  public void unlabelled(int members) {
    unlabelled.add(members);
  }

  /** Returns how often members gave no label to a target. */
  public long unlabelledCount() {
    return unlabelled.sum();
  }

  /** Counts a reply with a problem. */
  void problem(ProblemType type) {
    problems.computeIfAbsent(type.label(), any -> new LongAdder()).increment();
  }

  /** Returns label of a problem's type → how often it was the reply. */
  public Map<String, Long> problems() {
    Map<String, Long> now = new TreeMap<>();
    problems.forEach((type, count) -> now.put(type, count.sum()));
    return now;
  }
}
