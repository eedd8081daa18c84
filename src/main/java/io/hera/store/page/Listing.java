package io.hera.store.page;

import io.hera.registry.ContentVersion;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * An encoded answer: encoded once, compressed at most once, and sent to many readers. Immutable
 * except for the compressed form; shared by threads.
 */
public final class Listing {
  private final Buffer json;
  private final String etag;
  private volatile @Nullable Buffer compressed;

  /**
   * Creates a listing with {@code content}.
   *
   * @param json compact JSON; the caller must not modify it any more
   */
  public Listing(Buffer json, ContentVersion content) {
    this.json = json;
    this.etag = etag(content);
  }

  /**
   * Returns a weak entity tag (RFC 9110, 8.8.3): a heartbeat changes bytes, but not the content.
   */
  public static String etag(ContentVersion content) {
    return "W/\"" + content.hex() + '"';
  }

  /** Returns compact JSON. */
  public Buffer json() {
    return json;
  }

  public String etag() {
    return etag;
  }

  /** Returns the listing in gzip, or null if it was not compressed yet. */
  public @Nullable Buffer compressed() {
    return compressed;
  }

  /** Keeps the listing in gzip for later readers. */
  public void compressed(Buffer gzip) {
    compressed = gzip;
  }
}
