package io.hera.wire;

/** The bounds of an exchange between two nodes, the same at both ends of it. */
public final class GossipLimits {
  /**
   * Size at which an answer is cut, counting names, documents and 48 bytes per entry. The written
   * answer stays below 1 MiB: names full of quotes nearly double, and one tie of up to 256 KiB may
   * exceed the size.
   */
  public static final int PAGE_BYTES = 400 << 10;

  /** Most pages of one pull; a peer that has more is asked again in the next cycle. */
  public static final int PAGES_MAX = 1_000;

  /** Most origins in a digest. */
  public static final int ORIGINS_MAX = 1_000;

  /** Longest time that a node delays an answer; a hanging pull asks for this time. */
  public static final long WAIT_MILLIS = 20_000;

  /** Most requests that wait at one event loop. */
  public static final int PARKED_MAX = 1_000;

  /** Most bytes of an answer as they are received. */
  public static final int WIRE_BYTES_MAX = 8 << 20;

  /** Most bytes of an answer, inflated. */
  public static final int BODY_BYTES_MAX = 16 << 20;

  /**
   * Most entries of an answer. A page may consist of one tie of the shortest entries, because no
   * tie is cut (P5); this is more.
   */
  public static final int ENTRIES_MAX = 400_000;

  private GossipLimits() {}
}
