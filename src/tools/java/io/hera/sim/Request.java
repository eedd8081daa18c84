package io.hera.sim;

import io.hera.registry.Dialect;

/**
 * A request of one node to another.
 *
 * @param handshake the header that identifies the asker; empty from a node of 2012
 * @param accepts the newest dialect that the asker reads
 * @param target path and query
 */
record Request(String handshake, Dialect accepts, String target) {
  String query() {
    return target.substring(target.indexOf('?') + 1);
  }
}
