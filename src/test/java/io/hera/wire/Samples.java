package io.hera.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Tombstone;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Entries and deltas for the tests of the codecs. */
final class Samples {
  static final long LIVENESS = 300_000;

  private static final String[] NAMES = {"storage", "a b", "\"", "å€", "😀", "%2F", ".a", "\uffff"};
  private static final String[] DOCUMENTS = {
    "{}",
    "{\"host\":\"10.1.1.1\", \"port\": 12345, \"updated_at\": \"2012-12-18T13:27:01Z\"}",
    "{\"a\":[1.10,1e300,{\"b\":\"]},[\\\"\"}],\"å\":\"\\ud83d\\ude00😀\"}"
  };

  private Samples() {}

  static Registration registration(String service, String id, String document, long version) {
    return new Registration(new Key(service, id), document.getBytes(UTF_8), version, 0, LIVENESS);
  }

  /**
   * Returns a random delta of up to four origins. Entries are in ascending order of versions, at
   * equal versions registrations first; the bounds enclose them.
   */
  static Delta delta(Random random) {
    List<OriginDelta> parts = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      long from = random.nextInt(100);
      List<Entry> entries = entries(random, from + 1);
      long last = entries.isEmpty() ? from : entries.get(entries.size() - 1).version();
      long to = last + random.nextInt(3);
      parts.add(new OriginDelta("sr-" + i, from, to, random.nextBoolean(), entries));
    }
    return new Delta(parts, random.nextBoolean());
  }

  private static List<Entry> entries(Random random, long first) {
    List<Entry> entries = new ArrayList<>();
    long version = first;
    boolean tombstone = false;
    for (int i = random.nextInt(8); i > 0; i--) {
      boolean next = !tombstone || random.nextBoolean();
      version += next ? 1 + random.nextLong(Long.MAX_VALUE / 100) : 0;
      tombstone = next ? random.nextInt(3) == 0 : tombstone;
      long age = random.nextLong(1L << (1 + random.nextInt(60)));
      entries.add(
          tombstone
              ? new Tombstone(key(random), version, age)
              : new Registration(key(random), document(random), version, age, age + 1));
    }
    return entries;
  }

  private static Key key(Random random) {
    return new Key(NAMES[random.nextInt(NAMES.length)], NAMES[random.nextInt(NAMES.length)]);
  }

  private static byte[] document(Random random) {
    String around = " ".repeat(random.nextInt(2)) + "\n".repeat(random.nextInt(2));
    return (around + DOCUMENTS[random.nextInt(DOCUMENTS.length)] + around).getBytes(UTF_8);
  }

  /** Returns the bytes with some of them changed, removed or repeated. */
  static byte[] damaged(byte[] bytes, Random random) {
    String alphabet = "{}[]:,\"\\ 01-.eEntf\u0000ÿ";
    byte[] damaged = bytes.clone();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(damaged.length - 8);
      switch (random.nextInt(3)) {
        case 0 -> damaged[at] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
        case 1 -> System.arraycopy(damaged, at + 1, damaged, at, damaged.length - at - 1);
        default -> System.arraycopy(damaged, at, damaged, at + 4, damaged.length - at - 4);
      }
    }
    return damaged;
  }
}
