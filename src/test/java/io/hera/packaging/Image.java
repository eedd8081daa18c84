package io.hera.packaging;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of {@code conf/Dockerfile} by which other files depend on the image. */
final class Image {
  private static final String TEXT = text().replace("\\\n", "");

  private Image() {}

  /** Returns the rest of the line that begins with {@code instruction}, the last one. */
  static String line(String instruction) {
    Matcher lines =
        Pattern.compile("(?m)^" + Pattern.quote(instruction) + "[ =](.*)$").matcher(TEXT);
    String found = "";
    while (lines.find()) {
      found = lines.group(1);
    }
    return found;
  }

  /** Returns the arguments of a line in the form of a list. */
  static List<String> arguments(String instruction) {
    return new JsonArray(line(instruction)).stream().map(Object::toString).toList();
  }

  /** Returns the heap of a container with this memory. */
  static long heap(long memory) {
    Matcher percentage = Pattern.compile("-XX:MaxRAMPercentage=(\\d+)").matcher(line("ENTRYPOINT"));
    if (!percentage.find()) {
      throw new AssertionError("the image has no share of memory for the heap");
    }
    return memory * Long.parseLong(percentage.group(1)) / 100;
  }

  private static String text() {
    try {
      return Files.readString(Path.of("conf/Dockerfile"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
