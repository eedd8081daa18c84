package io.hera;

import java.util.Optional;

/** The version of this build. */
final class Version {
  /** From the manifest of the jar; {@code development} without a jar. */
  static final String TEXT = Optional.ofNullable(
          Version.class.getPackage().getImplementationVersion())
      .orElse("development");

  private Version() {}
}
