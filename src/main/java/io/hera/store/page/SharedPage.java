package io.hera.store.page;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A page in direct memory, counted by {@link PageMemory}. Sockets send from it without a copy, so it
 * is freed after the last reply only. Any thread may use it.
 */
final class SharedPage implements Page {
  private final PageMemory memory;
  private final ByteBuf direct;
  private final Buffer bytes;
  private final int length;
  private final AtomicInteger references = new AtomicInteger(1);

  /** A page that owns {@code direct}, with one reference, its maker's. */
  SharedPage(PageMemory memory, ByteBuf direct) {
    this.memory = memory;
    this.direct = direct;
    this.bytes = BufferInternal.buffer(direct);
    this.length = direct.readableBytes();
  }

  @Override
  public Buffer bytes() {
    return bytes;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public boolean retain() {
    return references.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  @Override
  public void release() {
    int left = references.decrementAndGet();
    if (left == 0) {
      direct.release();
      memory.freed(length);
    } else if (left < 0) {
      throw new IllegalStateException("a page was released once too often");
    }
  }
}
