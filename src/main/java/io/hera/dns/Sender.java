package io.hera.dns;

import java.net.InetAddress;

/** Where a query comes from. */
record Sender(Transport transport, InetAddress address, int port) {
  /** How it comes. */
  enum Transport {
    /** One datagram a message. */
    UDP,
    /** Messages with their lengths, one after the other. */
    TCP
  }
}
