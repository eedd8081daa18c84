package io.hera.store.page;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The direct memory for pages that replies share. One per node, used by all threads.
 *
 * <p>Its size is bounded. When it is full, replies send copies of the bytes on the heap instead. A
 * page that has been replaced takes room until the last of its replies is sent.
 */
public final class PageMemory {
  private final AtomicLong bytes = new AtomicLong();
  private volatile long bytesMax;

  /** Memory of so many bytes at most. */
  public PageMemory(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Changes the bound; pages that exist stay. */
  public void limit(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Returns how many bytes of heap the listings that are kept may take together. */
  long heapMax() {
    return bytesMax;
  }

  /** Returns how many bytes one listing may have whose bytes are all there. */
  long joinedMax() {
    return bytesMax / 2;
  }

  /** Returns the bytes of all pages that are not freed yet. */
  public long bytes() {
    return bytes.get();
  }

  /** Returns a shared copy with one reference, or empty if there is no room for it. */
  Optional<Page> share(Buffer content) {
    int length = content.length();
    if (bytes.addAndGet(length) > bytesMax) {
      bytes.addAndGet(-length);
      return Optional.empty();
    }
    ByteBuf direct = UnpooledByteBufAllocator.DEFAULT.directBuffer(length, length);
    direct.writeBytes(((BufferInternal) content).getByteBuf());
    return Optional.of(new SharedPage(this, direct));
  }

  void freed(int length) {
    bytes.addAndGet(-length);
  }
}
