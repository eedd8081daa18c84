package io.hera.fuzz;

import java.util.Objects;

/** Where Jazzer comes in: it changes inputs for the target named by {@code fuzz.target}, guided by what code they reach. */
public final class Guided {
  private static final Target TARGET =
      Target.labelled(Objects.requireNonNull(System.getProperty("fuzz.target"), "fuzz.target"));

  private Guided() {}

  /** One execution; the name and shape that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] input) {
    TARGET.accepts(input);
  }
}
