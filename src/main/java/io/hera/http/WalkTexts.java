package io.hera.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The texts of {@link SharedWalk}s of one form, the present one and those before it that slow readers are still on: together they take a
 * bounded amount of memory. Used on one context only.
 */
public final class WalkTexts {
  private static final long BYTES_MAX = 8 << 20;

  /** The texts; the one used longest ago first. */
  private final Map<Place, Future<Text>> kept = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;

  /** The place of a text: which piece of a chunk it is, in which coding. */
  record Place(SharedWalk.Chunk chunk, int piece, SharedWalk.Coding coding) {}

  /**
   * A piece of text.
   *
   * @param bytes compressed if they are wanted so
   * @param crc checksum of the plain bytes, if they are compressed
   * @param plainLength number of the plain bytes
   * @param sent to be run for each reply that sends it
   */
  public record Text(Buffer bytes, int crc, int plainLength, Runnable sent) {}

  /** Returns a text, made by {@code maker} if it is not kept. */
  Future<Text> get(Place place, Supplier<Future<Text>> maker) {
    Future<Text> known = kept.get(place);
    if (known != null && !known.failed()) {
      return known;
    }
    Future<Text> text = maker.get();
    kept.put(place, text);
    return text.onSuccess(made -> {
      bytes += made.bytes.length();
      dropOldest();
    });
  }

  private void dropOldest() {
    Iterator<Future<Text>> oldest = kept.values().iterator();
    while (bytes > BYTES_MAX && oldest.hasNext()) {
      Future<Text> text = oldest.next();
      if (text.succeeded()) {
        bytes -= text.result().bytes.length();
        oldest.remove();
      }
    }
  }
}
