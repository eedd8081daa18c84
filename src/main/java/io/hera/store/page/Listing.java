package io.hera.store.page;

import io.hera.registry.ContentVersion;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An encoded answer: encoded once, compressed at most once, and sent to many readers. Shared by
 * threads.
 *
 * <p>While it is published, replies share its bytes in direct memory ({@link Page}).
 */
public final class Listing {
  private final Form plain;
  /** Present if the bytes are not all there: then {@link #plain} has none. */
  private final Optional<Page> documents;

  private final String etag;
  private final Optional<Share> share;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Future<Form> compressed;
  /** The result of {@link #compressed}, once it is there. */
  private Optional<Form> gzipped = Optional.empty();

  /**
   * Creates a listing with {@code content}.
   *
   * @param json compact JSON; the caller must not modify it any more
   */
  public Listing(Buffer json, ContentVersion content) {
    this(new Form(json), Optional.empty(), etag(content), Optional.empty());
  }

  /** Creates a listing that replies encode piece by piece; it is neither shared nor compressed. */
  Listing(DocumentsPage documents, ContentVersion content) {
    this(new Form(Buffer.buffer()), Optional.of(documents), etag(content), Optional.empty());
  }

  private Listing(Form plain, Optional<Page> documents, String etag, Optional<Share> share) {
    this.plain = plain;
    this.documents = documents;
    this.etag = etag;
    this.share = share;
  }

  /**
   * The part that a listing of the nearest instances shows.
   *
   * @param value that they have; empty if all are shown
   * @param shown how many they are
   * @param all how many match
   */
  public record Share(String value, int shown, int all) {}

  /** Returns this listing, which was not published, with the part that it shows. */
  Listing with(Share shown) {
    return new Listing(plain, documents, etag, Optional.of(shown));
  }

  /** Returns the part that a listing of the nearest instances shows; empty for others. */
  public Optional<Share> share() {
    return share;
  }

  /**
   * Returns a weak entity tag (RFC 9110, 8.8.3): a heartbeat changes bytes, but not the content.
   */
  public static String etag(ContentVersion content) {
    return "W/\"" + content.hex() + '"';
  }

  /** Returns whether all bytes are there: only such a listing can be compressed or indented. */
  public boolean isWhole() {
    return documents.isEmpty();
  }

  /** Returns compact JSON of a listing that is whole. */
  public Buffer json() {
    if (!isWhole()) {
      throw new IllegalStateException("a listing of many bytes is sent piece by piece");
    }
    return plain.bytes();
  }

  /** Returns the bytes that are there. */
  Buffer plain() {
    return plain.bytes();
  }

  /** Returns the number of bytes of compact JSON. */
  public int length() {
    return documents.isPresent() ? documents.get().length() : plain.bytes().length();
  }

  public String etag() {
    return etag;
  }

  /** Returns compact JSON for one more reply, which releases it. */
  public Page page() {
    return documents.orElseGet(plain::page);
  }

  /** Returns compact JSON for a reader that does not count references. */
  public Page unshared() {
    return documents.orElseGet(() -> Page.of(plain.bytes()));
  }

  /**
   * Returns the listing in gzip for one more reply, which releases it. The first reader has it
   * compressed, and the others wait for that.
   *
   * @param gzip compresses; a failure is not kept
   * @return a future that may complete on the event loop of another reader
   */
  public Future<Page> compressed(Function<Buffer, Future<byte[]>> gzip) {
    lock.lock();
    try {
      if (compressed == null || compressed.failed()) {
        compressed = gzip.apply(json()).map(this::form);
      }
      return compressed.map(Form::page);
    } finally {
      lock.unlock();
    }
  }

  /** Has replies share their bytes in {@code memory}, until {@link #retire}. */
  void publish(PageMemory memory) {
    plain.publish(memory);
  }

  /** Ends the publication; replies under way are not disturbed, later ones send copies. */
  void retire() {
    lock.lock();
    try {
      plain.retire();
      gzipped.ifPresent(Form::retire);
    } finally {
      lock.unlock();
    }
  }

  private Form form(byte[] gzip) {
    Form form = new Form(Buffer.buffer(gzip));
    lock.lock();
    try {
      plain.memory().ifPresent(form::publish);
      gzipped = Optional.of(form);
      return form;
    } finally {
      lock.unlock();
    }
  }
}
