package io.hera.bench.steady;

import io.hera.bench.steady.Stage.Measured;
import java.io.IOException;
import java.util.Locale;

/** A situation that is hard for a node: many clients, large answers, bursts, and clients that hang. */
enum Scenario {
  WAITERS(
      "one change to 2,000 clients that wait for a service of 5,000 instances",
      "",
      Watched::waiters),
  STREAMS("a batch of 300 registrations to 3,000 streams", "", Watched::streams),
  EXPIRIES(
      "50,000 instances of a service expire at once, before 30 streams",
      "batch-bytes: 64MiB",
      Watched::expiries),
  FILTERS(
      "ten changes in one zone to 1,000 clients that wait for another zone of 20,000 instances",
      "",
      Watched::filters),
  WATCHING(
      "one change to 10,000 clients, waiting and following, of a service of 1,010 instances",
      "",
      Watched::watching),
  ALL(
      "100 streams of all instances of 10,000 services begin, then one change",
      "",
      Watched::allServices),
  STALLED(
      "200 clients ask for 16 MB, half of them for the export, and never read",
      "idle-timeout: 5",
      Answers::stalled),
  HEAVY(
      "targets for Prometheus, a listing, a readable one and the export of 100,000 instances",
      "",
      Answers::heavy),
  GZIP("60 clients with gzip after one change of 100,000 instances", "", Answers::gzip);

  /** One line on what happens at full size. */
  final String about;
  /** Settings of the node's limits, as YAML. */
  final String limits;

  // These are method references to functions without state of their own.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Play play;

  Scenario(String about, String limits, Play play) {
    this.about = about;
    this.limits = limits;
    this.play = play;
  }

  private interface Play {
    Measured on(Stage stage) throws IOException;
  }

  /** Plays it once. */
  Measured play(Stage stage) throws IOException {
    return play.on(stage);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
