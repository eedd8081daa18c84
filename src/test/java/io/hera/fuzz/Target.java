package io.hera.fuzz;

import io.hera.gossip.PiecesTarget;
import io.hera.http.PathTarget;
import java.util.Arrays;
import java.util.Locale;

/**
 * Everything that reads what others wrote, each with what must hold for any bytes at all: it fails with its declared error
 * alone, allocates in proportion, and what it accepts a second parser reads in the same way.
 *
 * <p>Shared by {@link FuzzTest}, which mutates the corpus by seed, and {@link Guided}, which Jazzer drives by coverage.
 */
public enum Target {
  PATHS(PathTarget::accepts),
  DOCUMENTS(DocumentTarget::accepts),
  PRETTY(DocumentTarget::layout),
  V1(V1Target::accepts),
  V2(V2Target::accepts),
  DIGEST(QueryTargets::digest),
  PERCENT(QueryTargets::percent),
  SPEAKER(TextTargets::speaker),
  DURATIONS(TextTargets::durations),
  GZIP(GzipTarget::accepts),
  PIECES(PiecesTarget::accepts),
  YAML(YamlTarget::accepts);

  // Method references to pure functions: nothing in them changes.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Check check;

  Target(Check check) {
    this.check = check;
  }

  /** Throws an {@link AssertionError} when the input breaks a rule; else says whether the reader accepts it. */
  interface Check {
    boolean accepts(byte[] input) throws Exception;
  }

  /** The target called {@code label}. */
  static Target labelled(String label) {
    return Arrays.stream(values())
        .filter(target -> target.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no target " + label));
  }

  /** The name of its corpus. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether the input is accepted.
   *
   * @throws AssertionError if it breaks a rule
   */
  boolean accepts(byte[] input) {
    try {
      return checked(input);
    } catch (Allocation.Excess perhapsClassesWereLoaded) {
      return checked(input);
    }
  }

  private boolean checked(byte[] input) {
    try {
      return check.accepts(input.clone());
    } catch (Exception | StackOverflowError | OutOfMemoryError undeclared) {
      throw new AssertionError("not the declared error: " + undeclared, undeclared);
    }
  }
}
