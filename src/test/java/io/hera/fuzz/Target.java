package io.hera.fuzz;

import io.hera.eureka.EurekaBodyTarget;
import io.hera.gossip.PiecesTarget;
import io.hera.http.EurekaPathTarget;
import io.hera.http.PathTarget;
import java.util.Arrays;
import java.util.Locale;

/**
 * The readers of foreign input, each with the rules that hold for any bytes. A reader fails with
 * its declared exception only, allocates in proportion to its input, and accepts only input that an
 * oracle reads in the same way.
 *
 * <p>Shared by {@link FuzzTest}, which mutates the corpus by seed, and {@link Guided}, which Jazzer
 * drives by coverage.
 */
public enum Target {
  PATHS(PathTarget::accepts),
  EUREKA_PATHS(EurekaPathTarget::accepts),
  EUREKA_BODIES(EurekaBodyTarget::accepts),
  DOCUMENTS(DocumentTarget::accepts),
  PRETTY(DocumentTarget::layout),
  V1(V1Target::accepts),
  V2(V2Target::accepts),
  DIGEST(QueryTargets::digest),
  PERCENT(QueryTargets::percent),
  NODE_ID(TextTargets::nodeId),
  DURATIONS(TextTargets::durations),
  GZIP(GzipTarget::accepts),
  PIECES(PiecesTarget::accepts),
  YAML(YamlTarget::accepts);

  // These are method references to pure functions, which have no state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Check check;

  Target(Check check) {
    this.check = check;
  }

  /**
   * Returns whether the reader accepts the input; throws an {@link AssertionError} if it breaks a
   * rule.
   */
  interface Check {
    boolean accepts(byte[] input) throws Exception;
  }

  /** Returns the target with this label. */
  static Target labelled(String label) {
    return Arrays.stream(values())
        .filter(target -> target.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no target " + label));
  }

  /** Returns the name of its corpus. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns whether the reader accepts the input.
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
