package io.hera.bench.steady;

/** The size of a scenario, as a share of the full one. */
record Size(double scale) {
  /** Returns the share of a full number, at least 1. */
  int of(int full) {
    return Math.max(1, (int) Math.round(full * scale));
  }
}
