package io.hera.cli.shell;

import java.util.Locale;

/** The form of data on stdout. */
public enum OutputForm {
  /** For people. */
  TABLE,
  /** With more columns. */
  WIDE,
  /** As nodes answer, or one JSON object per line. */
  JSON,
  /** One name per line, as other commands take it. */
  NAME;

  /** Returns the word for it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
