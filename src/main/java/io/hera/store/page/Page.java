package io.hera.store.page;

import io.vertx.core.buffer.Buffer;

/**
 * The body of a reply. Each reply that sends it holds a reference, and {@link #release}s it when the
 * bytes are in the socket, or never will be.
 */
public sealed interface Page permits HeapPage, SharedPage, DocumentsPage {
  /** Returns a page that one reply sends; nothing happens at its release. */
  static Page of(Buffer bytes) {
    return new HeapPage(bytes);
  }

  /** Returns the bytes; not to be modified, nor to be read after the release. */
  Buffer bytes();

  /** Returns the bytes from {@code from} to before {@code to}, as {@link #bytes} does. */
  default Buffer slice(int from, int to) {
    return bytes().slice(from, to);
  }

  /** Returns whether all bytes are there; else each {@link #slice} encodes its own. */
  default boolean isWhole() {
    return true;
  }

  /** Returns the number of bytes. */
  default int length() {
    return bytes().length();
  }

  /**
   * Returns whether a socket sends these bytes as they are, however many clients get them. Of other
   * pages, it sends copies.
   */
  boolean isShared();

  /** Takes one more reference; returns false if the page was freed already. */
  boolean retain();

  /** Gives a reference back; after the last one the page is freed. */
  void release();
}
