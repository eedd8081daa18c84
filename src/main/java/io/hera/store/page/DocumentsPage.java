package io.hera.store.page;

import io.vertx.core.buffer.Buffer;

/**
 * The page of a listing of many bytes, which is encoded piece by piece. It keeps documents that were replaced in the registry until
 * its last reply is sent.
 */
record DocumentsPage(DocumentLayout layout) implements Page {
  /** Encodes the whole listing. */
  @Override
  public Buffer bytes() {
    return layout.encode(0, layout.bytes());
  }

  @Override
  public Buffer slice(int from, int to) {
    return layout.encode(from, to);
  }

  @Override
  public int length() {
    return Math.toIntExact(layout.bytes());
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public boolean isWhole() {
    return false;
  }

  @Override
  public boolean retain() {
    return true;
  }

  @Override
  public void release() {}
}
