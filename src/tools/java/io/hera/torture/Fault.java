package io.hera.torture;

/** What a {@link FaultProxy} does to the bytes of its link. */
enum Fault {
  NONE,
  /** Every piece arrives 20 to 120 ms late. */
  LATENCY,
  /** 16 KiB a second. */
  BANDWIDTH,
  /** Pieces of 1 to 7 bytes. */
  SLICING,
  /** Connections end with RST, old and new. */
  RESET,
  /** Questions arrive, answers are lost. */
  HALF_OPEN,
  /** Connections stand, and nothing arrives. */
  BLACK_HOLE,
  /** Nobody listens. */
  REFUSE
}
