package io.hera.bench;

/** What clients do. The names are those of {@code bench/requests.lua}. */
enum Workload {
  /** PUT of 10,000 known instances in turn, each with a new document. */
  HEARTBEAT("heartbeat"),
  /** PUT of instances that nobody has seen. */
  REGISTER("first registration"),
  LOOKUP_10("lookup of 10"),
  LOOKUP_100("lookup of 100"),
  LOOKUP_1000("lookup of 1,000"),
  /** Nine heartbeats, one lookup of 100. */
  MIXED("mixed 9:1");

  final String words;

  Workload(String words) {
    this.words = words;
  }
}
