package io.hera.gossip;

/** How many peers a starting node asks for its own entries, how many have given them back, and how many have failed. */
public record RecoveryProgress(int peers, int answered, int failed) {
  @Override
  public String toString() {
    return peers == 0 ? "no peers to recover from" : answered + " of " + peers + " peers answered";
  }
}
