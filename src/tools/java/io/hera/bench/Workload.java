package io.hera.bench;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Stream;

/** The workloads of clients; {@code bench/requests.lua} has the same ones for the closed loop. */
enum Workload {
  /** PUT of 10,000 known instances in turn, each with a new document. */
  HEARTBEAT("heartbeat"),
  LOOKUP_10("lookup of 10"),
  LOOKUP_100("lookup of 100"),
  LOOKUP_1000("lookup of 1,000"),
  /** GET by a client that has the present content. */
  NOT_MODIFIED("lookup, 304"),
  /** Nine heartbeats, one lookup of 100. */
  MIXED("mixed 9:1"),
  /** PUT of new instances. The last one of a node, as hundreds of thousands expire five minutes later. */
  REGISTER("first registration"),
  /** GET on a new connection each time; in the open loop, on those that stand. */
  RECONNECT("reconnecting lookup");

  private static final Fleet KNOWN = new Fleet("bench-", 10_000, Fleet.DOCUMENT_BYTES);

  final String title;

  Workload(String title) {
    this.title = title;
  }

  /** Returns the workloads of a run; that of clients that reconnect shows the cost of handshakes. */
  static List<Workload> all(boolean tls) {
    return Stream.of(values()).filter(workload -> tls || workload != RECONNECT).toList();
  }

  /**
   * Returns request {@code n} of a run; the number of the run makes names of new instances differ.
   */
  Buffer request(long n, int run) {
    return switch (this) {
      case HEARTBEAT -> KNOWN.heartbeat(n);
      case REGISTER ->
        new Fleet("new-" + run + "-", Long.MAX_VALUE, Fleet.DOCUMENT_BYTES).heartbeat(n);
      case LOOKUP_10, RECONNECT -> Fleet.lookup("size-10", "");
      case LOOKUP_100 -> Fleet.lookup("size-100", "");
      case LOOKUP_1000 -> Fleet.lookup("size-1000", "");
      case NOT_MODIFIED -> Fleet.lookup("size-100", "if-none-match: *\r\n");
      case MIXED -> (n % 10 == 0 ? LOOKUP_100 : HEARTBEAT).request(n, run);
    };
  }
}
