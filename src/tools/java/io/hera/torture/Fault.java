package io.hera.torture;

/** The faults that a {@link FaultProxy} can inject into its link. */
enum Fault {
  NONE,
  /** Every piece arrives 20 to 120 ms late. */
  LATENCY,
  /** At most 16 KiB arrive per second. */
  BANDWIDTH,
  /** Bytes arrive in pieces of 1 to 7. */
  SLICING,
  /** Present and new connections end with RST. */
  RESET,
  /** Requests arrive, answers are lost. */
  HALF_OPEN,
  /** Connections stay open, and no byte arrives. */
  BLACK_HOLE,
  /** Connections are refused. */
  REFUSE;

  /** Whether bytes or connections are lost, rather than late. */
  boolean loses() {
    return switch (this) {
      case NONE, LATENCY, BANDWIDTH, SLICING -> false;
      case RESET, HALF_OPEN, BLACK_HOLE, REFUSE -> true;
    };
  }
}
