package io.hera.config;

import static io.hera.config.Setting.Effect.LIVE;
import static io.hera.config.Setting.Effect.RECONNECT;
import static io.hera.config.source.ValueTypes.count;
import static io.hera.config.source.ValueTypes.duration;
import static io.hera.config.source.ValueTypes.largeSize;
import static io.hera.config.source.ValueTypes.size;

import io.hera.config.Setting.Effect;
import io.hera.config.Setting.Fixed;
import io.hera.config.source.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The rows for {@code limits} in the table of settings; see {@link Settings}. */
public final class LimitSettings {
  private static final List<Setting<?>> rows = new ArrayList<>();
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  public static final Setting<Integer> REQUEST_LINE_BYTES = row(
      "request-line-bytes",
      size(1 << 10, 16 << 20),
      64 << 10,
      RECONNECT,
      Limits::requestLineBytes,
      "Longest request line; above it 414. A gossip request names every node of the cluster in"
          + " it.",
      "Longer: larger clusters, but more memory for each request that is being received.");

  public static final Setting<Integer> HEADER_BYTES = row(
      "header-bytes",
      size(1 << 10, 16 << 20),
      16 << 10,
      RECONNECT,
      Limits::headerBytes,
      "Longest header section of a request; above it 431.",
      "Longer: more memory for each request that is being received.");

  public static final Setting<Integer> DOCUMENT_BYTES = row(
      "document-bytes",
      size(2, 16 << 20),
      64 << 10,
      LIVE,
      Limits::documentBytes,
      "Largest document of an instance; above it 413.",
      "Larger: fewer instances fit into limits.total-bytes.");

  public static final Setting<Integer> DOCUMENT_DEPTH = row(
      "document-depth",
      count(1, 512),
      32,
      LIVE,
      Limits::documentDepth,
      "Deepest nesting of a document; above it 400.",
      "Deeper: more work for every reader of a document.");

  public static final Setting<Integer> BATCH_BYTES = row(
      "batch-bytes",
      size(2, 64 << 20),
      4 << 20,
      LIVE,
      Limits::batchBytes,
      "Largest body of /_batch and /_heartbeat; above it 413.",
      "Larger: fewer requests, but each of them holds more memory until its body is complete.");

  public static final Setting<Duration> BODY_TIMEOUT = row(
      "body-timeout",
      duration(Duration.ofMillis(100), HOUR),
      Duration.ofSeconds(10),
      LIVE,
      Limits::bodyTimeout,
      "Time within which the body of a request must be complete; after it 408.",
      "Shorter: slow senders hold memory for less time, but clients behind bad networks fail.");

  public static final Setting<Duration> IDLE_TIMEOUT = row(
      "idle-timeout",
      duration(Duration.ofSeconds(1), DAY),
      Duration.ofSeconds(120),
      LIVE,
      Limits::idleTimeout,
      "Time after which a silent connection is closed, never earlier and up to a second later; a"
          + " connection with a waiting request is not silent.",
      "Longer than the renewal interval of clients, and than the time for which a proxy in front"
          + " keeps connections: they need not reconnect, and no request meets a connection that is"
          + " being closed. Shorter: the memory that vanished clients hold is freed sooner.");

  public static final Setting<Integer> CONNECTIONS = row(
      "connections",
      count(1, 10_000_000),
      60_000,
      LIVE,
      Limits::connections,
      "Largest number of connections; more are closed at once.",
      "More: more clients at once, but each connection is an open file of the process (ulimit -n).");

  public static final Setting<Long> PAGE_BYTES = row(
      "page-bytes",
      largeSize(1L << 20, 1L << 40),
      64L << 20,
      LIVE,
      Limits::pageBytes,
      "Largest size of the listings in direct memory, from which all replies are sent without a"
          + " copy; above it, replies send copies. Also the largest size of the listings that are kept"
          + " on the heap. A listing above half of it is encoded for each reply, piece by piece, neither"
          + " compressed nor indented.",
      "More: more services are read at the lowest cost, but more memory, twice on the heap (-Xmx)"
          + " and once outside of it (-XX:MaxDirectMemorySize).");

  public static final Setting<Long> IN_FLIGHT_BYTES = row(
      "in-flight-bytes",
      largeSize(1L << 20, 1L << 40),
      64L << 20,
      LIVE,
      Limits::inFlightBytes,
      "Largest size of all copies that wait until their clients read them; above it further long"
          + " reads and streams get 503, a renewal never.",
      "More: more slow readers at once, but more memory outside of the heap.");

  public static final Setting<Integer> SERVICES = row(
      "services",
      count(1, Integer.MAX_VALUE),
      100_000,
      LIVE,
      Limits::services,
      "Largest number of services; a new one above it gets 507, a renewal never.",
      "More: more memory, and a longer answer for all services.");

  public static final Setting<Integer> INSTANCES = row(
      "instances",
      count(1, Integer.MAX_VALUE),
      2_000_000,
      LIVE,
      Limits::instances,
      "Largest number of instances; a new one above it gets 507, a renewal never.",
      "More: more memory, about 200 bytes per instance besides its document.");

  public static final Setting<Long> TOTAL_BYTES = row(
      "total-bytes",
      largeSize(1L << 10, 1L << 40),
      256L << 20,
      LIVE,
      Limits::totalBytes,
      "Largest size of all documents together; a new instance above it gets 507, a renewal"
          + " never.",
      "More: more memory; the heap (-Xmx) has to hold it.");

  public static final Setting<Integer> TOMBSTONES = row(
      "tombstones",
      count(1, Integer.MAX_VALUE),
      500_000,
      LIVE,
      Limits::tombstones,
      "Number of tombstones from which on each is kept only as long as the longest ttl in use"
          + " requires.",
      "More: more memory after many removals.");

  static final List<Setting<?>> ROWS = List.copyOf(rows);

  private LimitSettings() {}

  private static <T> Setting<T> row(
      String key,
      ValueType<T> type,
      T standard,
      Effect effect,
      Function<Limits, T> get,
      String meaning,
      String tradeOff) {
    Setting<T> row = new Setting<>(
        "limits." + key,
        type,
        new Fixed<>(standard),
        effect,
        get.compose(Config::limits),
        meaning,
        tradeOff);
    rows.add(row);
    return row;
  }
}
