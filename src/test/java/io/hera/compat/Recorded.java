package io.hera.compat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hera.json.Malformed;
import io.hera.testkit.Reply;
import io.hera.wire.GossipLimits;
import io.hera.wire.Gzip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The recorded exchanges of version 1.0; the README beside them describes the files. */
final class Recorded {
  private static final Path FOLDER = Path.of("src/test/resources/compat-1.0");

  private Recorded() {}

  /** Returns the names of the files in a folder with this ending, without it. */
  static List<String> names(String folder, String ending) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(FOLDER.resolve(name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns the whole answer of version 1.0, head and body. */
  static byte[] answer(String name) {
    return bytes("answers/" + name + ".http");
  }

  /** Returns the answer with its body inflated. */
  static Reply reply(String name) throws Malformed {
    byte[] answer = answer(name);
    String text = new String(answer, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    Map<String, String> headers = text.substring(0, end)
        .lines()
        .skip(1)
        .map(line -> line.split(": ", 2))
        .collect(Collectors.toMap(line -> line[0].toLowerCase(Locale.ROOT), line -> line[1]));
    byte[] body = Arrays.copyOfRange(answer, end + 4, answer.length);
    boolean gzip = "gzip".equals(headers.get("content-encoding"));
    return new Reply(
        Integer.parseInt(text.substring(9, 12)),
        headers,
        gzip ? Gzip.inflate(body, GossipLimits.BODY_BYTES_MAX) : body);
  }
}
