package io.hera.cli.shell;

/** The colour of a text on a terminal. */
public enum Colour {
  PLAIN(""),
  BOLD("\u001b[1m"),
  GREEN("\u001b[32m"),
  YELLOW("\u001b[33m"),
  RED("\u001b[31m");

  static final String END = "\u001b[0m";

  private final String sequence;

  Colour(String sequence) {
    this.sequence = sequence;
  }

  String sequence() {
    return sequence;
  }
}
