package io.hera.dns;

import io.hera.dns.Sender.Transport;
import io.hera.wire.NodeStatus;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Counts what a DNS server answers, and what it does not answer. One per node; any thread adds to it and reads it. */
public final class DnsCounters {
  private static final String OTHER = "other";
  private static final Map<Integer, String> TYPES = Map.of(
      Type.A, "A",
      Type.AAAA, "AAAA",
      Type.SRV, "SRV",
      Type.TXT, "TXT",
      Type.SOA, "SOA",
      Type.NS, "NS",
      Type.CNAME, "CNAME",
      Type.ANY, "ANY");

  private final Map<String, LongAdder> queries = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> dropped = new ConcurrentHashMap<>();
  private final LongAdder truncated = new LongAdder();
  private final LongAdder cut = new LongAdder();
  private final LongAdder failures = new LongAdder();

  /** Counts of nothing so far. */
  public DnsCounters() {}

  /** Why a message gets no answer. */
  enum Drop {
    /** Its sender is not allowed to ask. */
    SENDER,
    /** It is not a query. */
    NO_QUERY,
    /** It comes from the port of name servers, and is not understood. */
    SERVER_PORT,
    /** Too many others are being answered. */
    BUSY
  }

  void answered(Transport transport, int type, int rcode) {
    String key = transport.name().toLowerCase(Locale.ROOT) + " " + TYPES.getOrDefault(type, OTHER)
        + " " + Rcode.string(rcode);
    queries.computeIfAbsent(key, any -> new LongAdder()).increment();
  }

  /** Counts an answer that does not have everything. */
  void truncated(Transport transport) {
    (transport == Transport.UDP ? truncated : cut).increment();
  }

  void dropped(Drop why) {
    dropped
        .computeIfAbsent(
            why.name().toLowerCase(Locale.ROOT).replace('_', '-'), any -> new LongAdder())
        .increment();
  }

  void failed() {
    failures.increment();
  }

  /** Returns the counts of a server with so many names. */
  NodeStatus.Dns report(int names) {
    return new NodeStatus.Dns(
        names, sums(queries), truncated.sum(), cut.sum(), sums(dropped), failures.sum());
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((key, count) -> sums.put(key, count.sum()));
    return sums;
  }
}
