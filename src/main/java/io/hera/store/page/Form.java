package io.hera.store.page;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a listing in one form, plain or compressed: on the heap, and while the listing is
 * published also as a shared page, made for the first reply. Used by all threads.
 */
final class Form {
  /** Below, a copy for each reply costs less than counting references. */
  static final int SHARED_MIN = 4 << 10;

  private final Buffer bytes;
  private final ReentrantLock lock = new ReentrantLock();
  /** Empty while the listing is not published. */
  private Optional<PageMemory> memory = Optional.empty();

  private volatile @Nullable Page shared;

  Form(Buffer bytes) {
    this.bytes = bytes;
  }

  Buffer bytes() {
    return bytes;
  }

  /** Returns the bytes for one more reply. */
  Page page() {
    if (bytes.length() < SHARED_MIN) {
      return Page.of(bytes);
    }
    Page known = shared;
    Page page = known == null ? share() : known;
    return page != null && page.retain() ? page : Page.of(bytes);
  }

  /** Returns where replies share a page; empty while the listing is not published. */
  Optional<PageMemory> memory() {
    lock.lock();
    try {
      return memory;
    } finally {
      lock.unlock();
    }
  }

  /** Replies share a page in {@code memory} from now on. */
  void publish(PageMemory memory) {
    lock.lock();
    try {
      this.memory = Optional.of(memory);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the publication: the page is freed when the replies under way are sent. */
  void retire() {
    lock.lock();
    try {
      memory = Optional.empty();
      if (shared != null) {
        shared.release();
        shared = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Page share() {
    lock.lock();
    try {
      if (shared == null) {
        shared = memory.flatMap(room -> room.share(bytes)).orElse(null);
      }
      return shared;
    } finally {
      lock.unlock();
    }
  }
}
