package io.hera.torture;

import io.hera.torture.Event.At;
import io.hera.torture.Event.Kind;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;

/** Listings of the living instances, as the reads of each instance that they stand for. */
final class Listings {
  private Listings() {}

  static Stream<Event> reads(String listing, At at, long called, long returned) {
    JsonObject shown = new JsonObject(listing);
    return Keys.living().stream().map(key -> {
      JsonObject document = shown.getJsonObject(key);
      return document == null
          ? missing(at, key, called, returned)
          : new Event(Kind.GET, at, key, 200, document.encode(), called, returned);
    });
  }

  static Event missing(At at, String key, long called, long returned) {
    return new Event(Kind.GET, at, key, 404, "", called, returned);
  }
}
