package io.hera.bench;

import io.vertx.core.buffer.Buffer;

/** What clients do. The names are those of {@code bench/requests.lua}, which does the same in a closed loop. */
enum Workload {
  /** PUT of 10,000 known instances in turn, each with a new document. */
  HEARTBEAT("heartbeat") {
    @Override
    Buffer request(long n, int run) {
      return FLEET.heartbeat(n);
    }
  },
  /** PUT of instances that nobody has seen. */
  REGISTER("first registration") {
    @Override
    Buffer request(long n, int run) {
      return new Fleet("new-%d-".formatted(run), Long.MAX_VALUE, Fleet.DOCUMENT_BYTES).heartbeat(n);
    }
  },
  LOOKUP_10("lookup of 10") {
    @Override
    Buffer request(long n, int run) {
      return Fleet.lookup("size-10");
    }
  },
  LOOKUP_100("lookup of 100") {
    @Override
    Buffer request(long n, int run) {
      return Fleet.lookup("size-100");
    }
  },
  LOOKUP_1000("lookup of 1,000") {
    @Override
    Buffer request(long n, int run) {
      return Fleet.lookup("size-1000");
    }
  },
  /** GET by a client that has what there is. */
  NOT_MODIFIED("lookup, 304") {
    @Override
    Buffer request(long n, int run) {
      return Buffer.buffer("GET /size-100 HTTP/1.1\r\nhost: 127.0.0.1\r\nif-none-match: *\r\n\r\n");
    }
  },
  /** Nine heartbeats, one lookup of 100. */
  MIXED("mixed 9:1") {
    @Override
    Buffer request(long n, int run) {
      return (n % 10 == 0 ? LOOKUP_100 : HEARTBEAT).request(n, run);
    }
  };

  private static final Fleet FLEET = new Fleet("bench-", 10_000, Fleet.DOCUMENT_BYTES);

  final String words;

  Workload(String words) {
    this.words = words;
  }

  /** Request {@code n} of a run; the run's number makes names of new instances differ. */
  abstract Buffer request(long n, int run);
}
