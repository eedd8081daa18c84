package io.hera.cli.shell;

import java.util.List;

/** A command cannot go on; the root prints the lines on stderr and ends with the code. */
public final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode code;

  // Lists of strings can be serialised.
  @SuppressWarnings("serial")
  private final List<String> lines;

  public CommandFailed(ExitCode code, List<String> lines) {
    super(String.join("; ", lines));
    this.code = code;
    this.lines = List.copyOf(lines);
  }

  public CommandFailed(ExitCode code, String line) {
    this(code, List.of(line));
  }

  public ExitCode code() {
    return code;
  }

  public List<String> lines() {
    return lines;
  }
}
