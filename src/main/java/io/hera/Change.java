package io.hera;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One setting that is different in two configurations.
 *
 * @param key dotted path, as in the file; {@code cluster.<name>} for a node
 * @param before how it was, {@code none} for a node that was not there
 * @param after how it is, {@code none} for a node that is gone
 */
public record Change(String key, String before, String after) {
  private static final String NONE = "none";
  private static final Set<String> LIVE = Set.of("liveness", "gossip-interval");

  /** Whether a running node cannot take it over. */
  public boolean needsRestart() {
    return !LIVE.contains(key) && !key.startsWith("cluster.") && !key.startsWith("limits.");
  }

  /** {@code liveness: 300s -> 60s}. */
  @Override
  public String toString() {
    return key + ": " + before + " -> " + after;
  }

  /** What is different in {@code after}; see {@link Config#difference}. */
  static List<Change> between(Config before, Config after) {
    Map<String, String> was = settings(before);
    Map<String, String> is = settings(after);
    Set<String> keys = new LinkedHashSet<>(was.keySet());
    keys.addAll(is.keySet());
    return keys.stream()
        .map(key -> new Change(key, was.getOrDefault(key, NONE), is.getOrDefault(key, NONE)))
        .filter(change -> !change.before.equals(change.after))
        .toList();
  }

  /** A span of time as it could be written in the file. */
  static String shown(Duration span) {
    long millis = span.toMillis();
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  private static Map<String, String> settings(Config config) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("name", config.name());
    settings.put("port", Integer.toString(config.port()));
    settings.put("host", config.host());
    settings.put("liveness", shown(config.liveness()));
    settings.put("gossip-interval", shown(config.gossipInterval()));
    config
        .cluster()
        .forEach((name, address) -> settings.put("cluster." + name, address.toString()));
    settings.put("max-skew", shown(config.maxSkew()));
    settings.put("recovery-timeout", shown(config.recoveryTimeout()));
    settings.put("ttl.min", shown(config.ttlMin()));
    settings.put("ttl.max", shown(config.ttlMax()));
    settings.put("volatile-keys", config.volatileKeys().toString());
    settings.put("metrics", Boolean.toString(config.metrics()));
    limits(config.limits(), settings);
    return settings;
  }

  private static void limits(Limits limits, Map<String, String> settings) {
    settings.put("limits.request-line-bytes", size(limits.requestLineBytes()));
    settings.put("limits.header-bytes", size(limits.headerBytes()));
    settings.put("limits.document-bytes", size(limits.documentBytes()));
    settings.put("limits.document-depth", Integer.toString(limits.documentDepth()));
    settings.put("limits.batch-bytes", size(limits.batchBytes()));
    settings.put("limits.body-timeout", shown(limits.bodyTimeout()));
    settings.put("limits.idle-timeout", shown(limits.idleTimeout()));
    settings.put("limits.services", Integer.toString(limits.services()));
    settings.put("limits.instances", Integer.toString(limits.instances()));
    settings.put("limits.total-bytes", size(limits.totalBytes()));
    settings.put("limits.tombstones", Integer.toString(limits.tombstones()));
  }

  private static String size(long bytes) {
    if (bytes % (1 << 20) == 0) {
      return (bytes >> 20) + "MiB";
    }
    return bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : Long.toString(bytes);
  }
}
