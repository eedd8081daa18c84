package io.hera.cli.bulk;

import io.hera.cli.nodes.RegistrationLine;
import io.hera.json.LooseCursor;
import io.hera.json.Malformed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads registrations from either form of an export: one object per line, or one object service → id → document. The second form is kept
 * in memory as a whole.
 */
final class Registrations {
  /** Most bytes of a line, and of the form that is one object. */
  private static final int BYTES_MAX = 64 << 20;

  private Registrations() {}

  /**
   * Reads all.
   *
   * @param in with marks
   * @param taker gets each
   */
  static void read(InputStream in, Consumer<Item> taker) throws IOException {
    long number = 0;
    Optional<byte[]> line = line(in);
    if (line.isPresent() && !isRegistration(line.get())) {
      object(line.get(), in, taker);
      return;
    }
    for (; line.isPresent(); line = line(in)) {
      number++;
      if (!isBlank(line.get())) {
        taker.accept(Item.ofLine(number, line.get()));
      }
    }
  }

  /** Returns the next line, without its end; empty at the end of the stream. */
  private static Optional<byte[]> line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
      if (line.size() > BYTES_MAX) {
        throw new IllegalArgumentException("a line has more than " + BYTES_MAX + " bytes");
      }
    }
    return Optional.of(line.toByteArray());
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b > ' ' || b < 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a line is a registration: it has the text {@code service} and a document, or is blank. */
  private static boolean isRegistration(byte[] line) {
    if (isBlank(line)) {
      return true;
    }
    try {
      LooseCursor members = LooseCursor.members(line);
      while (members.next()) {
        if (members.name().equals(Optional.of("service")) && members.first() == '"') {
          return true;
        }
      }
      return false;
    } catch (Malformed several) {
      return false;
    }
  }

  private static void object(byte[] begin, InputStream in, Consumer<Item> taker)
      throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(begin);
    all.write('\n');
    all.writeBytes(in.readNBytes(BYTES_MAX));
    if (all.size() > BYTES_MAX) {
      throw new IllegalArgumentException("the object has more than " + BYTES_MAX
          + " bytes: hera export prints one registration per line");
    }
    try {
      LooseCursor services = LooseCursor.members(all.toByteArray());
      while (services.next()) {
        service(
            services.name().orElseThrow(() -> services.flaw("a name is not valid")),
            services.value(),
            taker);
      }
    } catch (Malformed flaw) {
      throw new IllegalArgumentException(
          "neither lines of registrations nor an object of services: at byte " + flaw.offset()
              + ": " + flaw.reason(),
          flaw);
    }
  }

  private static void service(String service, byte[] instances, Consumer<Item> taker)
      throws Malformed {
    LooseCursor ids = LooseCursor.members(instances);
    while (ids.next()) {
      String id = ids.name().orElseThrow(() -> ids.flaw("a name is not valid"));
      taker.accept(new Item(service + "/" + id, RegistrationLine.of(service, id, ids.value())));
    }
  }
}
