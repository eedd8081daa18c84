package io.hera.cli;

/** Runs nodes for the command line, which knows settings but not what a node is made of. */
@FunctionalInterface
public interface Launcher {
  /**
   * Starts a node.
   *
   * @return 0 once it is being started, and it runs on; else the exit code
   * @throws IllegalArgumentException with a message of one line if the options cannot be satisfied
   */
  int launch(Launch launch);
}
