package io.hera.wire;

/** The bounds of an exchange between two nodes, the same at both ends of it. */
public final class GossipLimits {
  /**
   * Size at which an answer is cut, as entries count: their names, documents and 48 bytes each. It stays below 1 MiB when it is
   * written: names full of quotes nearly double, and one tie of up to 256 KiB may come on top.
   */
  public static final int PAGE_BYTES = 400 << 10;

  /** Most pages of one pull; a peer that has more is asked again in the next cycle. */
  public static final int PAGES_MAX = 1_000;

  /** Most origins in a digest. */
  public static final int ORIGINS_MAX = 1_000;

  /** Longest time that a request waits for news; this is how long a hanging pull asks its peer to wait. */
  public static final long WAIT_MILLIS = 20_000;

  /** Most requests that wait at one event loop. */
  public static final int PARKED_MAX = 1_000;

  /** Most bytes of an answer as they are received. */
  public static final int WIRE_BYTES_MAX = 8 << 20;

  /** Most bytes of an answer, inflated. */
  public static final int BODY_BYTES_MAX = 16 << 20;

  /** Most entries of an answer: more than a page can hold, which is one tie of the shortest entries, because no tie is cut (P5). */
  public static final int ENTRIES_MAX = 400_000;

  private GossipLimits() {}
}
