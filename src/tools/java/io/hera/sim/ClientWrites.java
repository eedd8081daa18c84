package io.hera.sim;

import io.hera.registry.Inspection.StoredEntry;
import io.hera.registry.Key;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The writes that nodes have accepted from clients. Owned by {@link Observer}. */
final class ClientWrites {
  private final Plan.Cluster cluster;
  private final Timeline timeline;
  /** Document → the latest time at which it expires, by the world's clock. */
  private final Map<String, Long> ends = new HashMap<>();
  /** Document → the time of its last acceptance. */
  private final Map<String, Long> accepted = new HashMap<>();

  /** Entry → the time of the write; restamped entries are not here. */
  private final Map<Written, Long> stamped = new HashMap<>();
  /** Path → the last accepted write. */
  private final Map<String, Write> last = new TreeMap<>();

  /** Path → the nodes at which its client has registered. */
  private final Map<String, Set<String>> writers = new HashMap<>();

  /** Node → the writes that it had accepted before it was killed, by path. */
  private final Map<String, Map<String, Write>> forgotten = new HashMap<>();

  ClientWrites(Plan.Cluster cluster, Timeline timeline) {
    this.cluster = cluster;
    this.timeline = timeline;
  }

  /** A registration or renewal, with its end by the world's clock. */
  record Write(SimNode node, int life, String document, long acceptedMillis, long endMillis) {}

  private record Written(Key key, Stamp stamp) {
    static Written of(StoredEntry entry) {
      return new Written(entry.key(), Stamp.of(entry));
    }
  }

  /** A node has accepted a registration or renewal. */
  void registered(SimNode node, StoredEntry entry) {
    long now = timeline.now();
    long ttl = cluster.old().isEmpty()
        ? entry.ttlMillis()
        : Math.max(entry.ttlMillis(), cluster.livenessMillis());
    stamped.put(Written.of(entry), now);
    accepted(entry.text(), now + ttl);
    writers.computeIfAbsent(entry.path(), any -> new HashSet<>()).add(node.name);
    last.put(
        entry.path(), new Write(node, node.life(), entry.text(), now, now + entry.ttlMillis()));
  }

  /** A node of 2012 has accepted a registration. */
  void registeredAtOldNode(String document) {
    accepted(document, timeline.now() + cluster.livenessMillis());
  }

  private void accepted(String document, long endMillis) {
    ends.merge(document, endMillis, Math::max);
    accepted.put(document, timeline.now());
  }

  /** A node has brought back the document from a snapshot, to show it until this time unless it learns more (P14). */
  void prolonged(String document, long endMillis) {
    ends.computeIfPresent(document, (any, end) -> Math.max(end, endMillis));
  }

  /** Returns the writes of the former lives of a node by path. */
  Map<String, Write> forgotten(String node) {
    return forgotten.getOrDefault(node, Map.of());
  }

  /** A node has accepted a DELETE; it may have written no entry. */
  void deleted(Key key, @Nullable StoredEntry entry) {
    if (entry != null) {
      stamped.put(Written.of(entry), timeline.now());
      forgotten.values().forEach(lost -> lost.remove(SimNode.path(key)));
    }
    last.remove(SimNode.path(key));
  }

  /** A node is killed: its writes are no longer the last ones, but it may get them back. */
  void crashed(String node) {
    Map<String, Write> lost = forgotten.computeIfAbsent(node, any -> new TreeMap<>());
    last.forEach((path, write) -> {
      if (write.node.name.equals(node)) {
        lost.put(path, write);
      }
    });
    last.keySet().removeAll(lost.keySet());
  }

  /** Returns the writes of the former lives of a node by path, and forgets them. */
  Map<String, Write> takeForgotten(String node) {
    Map<String, Write> lost = forgotten.remove(node);
    return lost == null ? Map.of() : lost;
  }

  /** Returns the last accepted writes by path, without those of killed nodes. */
  Map<String, Write> last() {
    return Collections.unmodifiableMap(last);
  }

  /** Returns the latest time at which a document expires, or null if it was never written. */
  @Nullable
  Long endOf(String document) {
    return ends.get(document);
  }

  /** Whether a document of the path expires within {@code millis} before or after now. */
  boolean endsAbout(String path, long millis) {
    return ends.entrySet().stream()
        .anyMatch(end ->
            names(end.getKey(), path) && Math.abs(end.getValue() - timeline.now()) <= millis);
  }

  /** Whether a document was written for the path. */
  static boolean names(String document, String path) {
    return document.contains("\"" + path + "\"");
  }

  /**
   * Returns the time at which the document of a registration was accepted last, or at which a
   * tombstone was written; {@code MIN_VALUE} for a tombstone that no client caused.
   */
  long acceptedMillis(StoredEntry entry) {
    return entry.registered()
        ? accepted.getOrDefault(entry.text(), timeline.now())
        : stamped.getOrDefault(Written.of(entry), Long.MIN_VALUE);
  }

  /** Whether the client of an instance writes at this node only, so far. */
  boolean staysAt(SimNode node, String path) {
    if (!Set.of(node.name).containsAll(writers.getOrDefault(path, Set.of()))) {
      return false; // a node that replaces this one has taken its client over
    }
    int id = Integer.parseInt(path.substring(path.indexOf('/') + 1));
    List<String> names = cluster.nodes();
    return id < names.size() && names.get(id).equals(node.name);
  }
}
