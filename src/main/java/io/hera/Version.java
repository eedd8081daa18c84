package io.hera;

import org.jspecify.annotations.Nullable;

/** The version of this build, from the manifest of the jar. */
final class Version {
  static final String TEXT = of(Version.class.getPackage().getImplementationVersion());

  private Version() {}

  private static String of(@Nullable String version) {
    return version == null ? "development" : version;
  }
}
