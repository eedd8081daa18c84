package io.hera.cli.shell;

import java.io.IOException;
import java.util.Locale;

/** Stdout takes no more data. */
public final class OutputLost extends RuntimeException {
  private static final long serialVersionUID = 1;

  OutputLost(IOException cause) {
    super("stdout takes no more data: " + cause.getMessage(), cause);
  }

  /** Returns whether the reader of a pipe has gone, as {@code head} does when it has read enough. */
  public boolean isBrokenPipe() {
    Throwable cause = getCause();
    String message = cause == null ? "" : String.valueOf(cause.getMessage());
    return message.toLowerCase(Locale.ROOT).contains("pipe");
  }
}
