package io.hera.http;

import io.hera.wire.ProblemType;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests, what was refused by type of problem, who waits, and what was left out. One a node; all its HTTP verticles add to it. */
public final class Tally {
  private static final int WATCHERS_MAX = 50_000;

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Requests requests = new Requests();
  private final LongAdder watchers = new LongAdder();
  private final LongAdder untargeted = new LongAdder();

  /** Answers by route, method and status. */
  Requests requests() {
    return requests;
  }

  /** So many more wait for a change, or fewer. */
  void watchers(int difference) {
    watchers.add(difference);
  }

  /** Whether another one may wait. */
  boolean hasRoomForWatcher() {
    return watchers.sum() < WATCHERS_MAX;
  }

  /** How many wait for a change. */
  long watchers() {
    return watchers.sum();
  }

  /** An instance was left out of a list of targets. */
  void untargeted() {
    untargeted.increment();
  }

  /** How often instances were left out of lists of targets. */
  long untargetedCount() {
    return untargeted.sum();
  }

  void count(ProblemType type) {
    counts.computeIfAbsent(type.label(), any -> new LongAdder()).increment();
  }

  /** Type of problem → how often since the start. */
  Map<String, Long> counts() {
    Map<String, Long> now = new TreeMap<>();
    counts.forEach((type, count) -> now.put(type, count.sum()));
    return now;
  }
}
