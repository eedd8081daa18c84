package io.hera.compat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The recorded files. */
record Recording(Path folder) {
  /** Writes a request of version 1.0. */
  void request(String name, String head) {
    write("requests/" + name + ".http", head.getBytes(ISO_8859_1));
  }

  /** Writes a request of a peer, and the answer of version 1.0. */
  void answer(String name, byte[] request, byte[] answer) {
    write("answers/" + name + ".request.http", request);
    write("answers/" + name + ".http", answer);
  }

  /**
   * Writes the body of an answer that version 1.0 was given, and what it shows of the service after
   * that.
   */
  void accepted(String name, byte[] body, byte[] shown) {
    write("accepted/" + name + ".json", body);
    write("accepted/" + name + ".shown.json", shown);
  }

  private void write(String name, byte[] content) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
