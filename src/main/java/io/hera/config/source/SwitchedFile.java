package io.hera.config.source;

/** The value of a setting that names a file, or says that what the file would bring is not wanted. */
public sealed interface SwitchedFile {
  /** The word for {@link Off}. */
  String OFF = "off";

  /** Nothing is said. */
  record Unset() implements SwitchedFile {}

  /** It is not wanted, and the operator knows that. */
  record Off() implements SwitchedFile {}

  /** The file. */
  record Named(String file) implements SwitchedFile {}
}
