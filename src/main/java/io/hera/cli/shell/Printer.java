package io.hera.cli.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the data of a command to stdout, in UTF-8 whatever the locale is: names and documents are. Each method throws {@link OutputLost}
 * if stdout takes no more.
 */
public final class Printer {
  private final OutputStream out;

  Printer(OutputStream out) {
    this.out = out;
  }

  /** Writes bytes as they are. */
  public void bytes(byte[] bytes) {
    bytes(bytes, bytes.length);
  }

  /** Writes the first bytes as they are. */
  public void bytes(byte[] bytes, int count) {
    try {
      out.write(bytes, 0, count);
      out.flush();
    } catch (IOException failure) {
      throw new OutputLost(failure);
    }
  }

  /** Writes text. */
  public void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a line. */
  public void line(String text) {
    text(text + "\n");
  }
}
