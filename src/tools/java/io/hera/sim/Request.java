package io.hera.sim;

/**
 * A question of one node to another.
 *
 * @param life of who asks; empty from a node of 2012, which does not introduce itself
 * @param query the digest as it stands in the query
 * @param waitMillis how long to wait for news
 * @param checksums whether they are wanted
 */
record Request(String from, String life, String query, long waitMillis, boolean checksums) {
  boolean v2() {
    return !life.isEmpty();
  }
}
