package io.hera.fuzz;

import java.util.Objects;

/**
 * The entry point for Jazzer, which mutates inputs for the target named by {@code fuzz.target},
 * guided by code coverage.
 */
public final class Guided {
  private static final Target TARGET =
      Target.labelled(Objects.requireNonNull(System.getProperty("fuzz.target"), "fuzz.target"));

  private Guided() {}

  /** Runs one input. Jazzer requires this name and signature. */
  public static void fuzzerTestOneInput(byte[] input) {
    TARGET.accepts(input);
  }
}
