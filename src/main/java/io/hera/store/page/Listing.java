package io.hera.store.page;

import io.hera.registry.ContentVersion;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A finished answer: encoded once, compressed at most once, sent to many. Immutable but for that; shared by threads. */
public final class Listing {
  private final Buffer json;
  private final String etag;
  private volatile @Nullable Buffer compressed;

  /**
   * A page that shows {@code content}.
   *
   * @param json compact JSON; not to be changed any more
   */
  public Listing(Buffer json, ContentVersion content) {
    this.json = json;
    this.etag = etag(content);
  }

  /** A weak entity tag (RFC 9110, 8.8.3): heartbeats change bytes and are no news. */
  public static String etag(ContentVersion content) {
    return "W/\"" + content.hex() + '"';
  }

  /** Compact JSON. */
  public Buffer json() {
    return json;
  }

  public String etag() {
    return etag;
  }

  /** The page in gzip, or null if nobody has made it yet. */
  public @Nullable Buffer compressed() {
    return compressed;
  }

  /** Keeps the page in gzip for the next who wants it so. */
  public void compressed(Buffer gzip) {
    compressed = gzip;
  }
}
