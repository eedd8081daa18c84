package io.hera.client;

/** The result of the search for the address of this process. */
sealed interface Advertised {
  /** A name or an IP address, without brackets. */
  record Known(String host) implements Advertised {}

  /** There is none yet; the reason is for logs. */
  record Unknown(String reason) implements Advertised {}
}
