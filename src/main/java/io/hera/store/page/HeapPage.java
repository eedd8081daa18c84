package io.hera.store.page;

import io.vertx.core.buffer.Buffer;

/** A page on the heap, which the garbage collector frees. */
record HeapPage(Buffer bytes) implements Page {
  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public boolean retain() {
    return true;
  }

  @Override
  public void release() {}
}
