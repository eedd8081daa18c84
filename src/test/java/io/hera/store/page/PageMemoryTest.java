package io.hera.store.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.registry.ContentVersion;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

/** Tests the pages that replies share, and their references. */
class PageMemoryTest {
  private static final int LENGTH = 10_000;

  private final PageMemory memory = new PageMemory(25_000);

  private static Listing listing(int length) {
    return new Listing(Buffer.buffer("x".repeat(length)), ContentVersion.NONE);
  }

  private Listing published(int length) {
    Listing listing = listing(length);
    listing.publish(memory);
    return listing;
  }

  @Test
  void allRepliesShareOnePageWhileTheListingIsPublished() {
    Listing listing = published(LENGTH);
    assertThat(memory.bytes()).isZero();

    Page first = listing.page();
    Page second = listing.page();

    assertThat(first.isShared()).isTrue();
    assertThat(second).isSameAs(first);
    assertThat(first.bytes()).isEqualTo(listing.json());
    assertThat(memory.bytes()).isEqualTo(LENGTH);
  }

  @Test
  void aReplacedPageIsFreedAfterTheLastReply() {
    Listing listing = published(LENGTH);
    Page first = listing.page();
    Page second = listing.page();

    listing.retire();
    first.release();
    assertThat(memory.bytes()).isEqualTo(LENGTH);
    assertThat(second.bytes().getBytes()).hasSize(LENGTH);
    second.release();

    assertThat(memory.bytes()).isZero();
    assertThat(second.retain()).isFalse();
    assertThatThrownBy(second::release).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anOutdatedListingIsStillRead() {
    Listing listing = published(LENGTH);
    listing.page().release();
    listing.retire();

    Page page = listing.page();

    assertThat(page.isShared()).isFalse();
    assertThat(page.bytes()).isEqualTo(listing.json());
    assertThat(memory.bytes()).isZero();
  }

  @Test
  void shortListingsAndListingsBeyondTheBoundAreCopied() {
    Page shortPage = published(Form.SHARED_MIN - 1).page();
    Page one = published(LENGTH).page();
    Page two = published(LENGTH).page();
    Listing third = published(LENGTH);

    assertThat(shortPage.isShared()).isFalse();
    assertThat(one.isShared() && two.isShared()).isTrue();
    assertThat(third.page().isShared()).isFalse();
    assertThat(memory.bytes()).isEqualTo(2 * LENGTH);

    memory.limit(30_000);
    assertThat(third.page().isShared()).isTrue();
  }

  @Test
  void aListingIsCompressedOnceForAllReaders() {
    Listing listing = published(LENGTH);
    Promise<byte[]> compressing = Promise.promise();

    Future<Page> first = listing.compressed(plain -> compressing.future());
    Future<Page> second = listing.compressed(plain -> Future.failedFuture("compressed twice"));
    assertThat(first.isComplete() || second.isComplete()).isFalse();
    compressing.complete("z".repeat(5_000).getBytes(UTF_8));
    Future<Page> third = listing.compressed(plain -> Future.failedFuture("compressed twice"));

    assertThat(first.result()).isSameAs(second.result()).isSameAs(third.result());
    assertThat(memory.bytes()).isEqualTo(5_000);
    listing.retire();
    first.result().release();
    second.result().release();
    third.result().release();
    assertThat(memory.bytes()).isZero();
  }

  @Test
  void aListingThatWasReplacedMeanwhileIsCompressedForItsReaders() {
    Listing listing = published(LENGTH);
    Promise<byte[]> compressing = Promise.promise();
    Future<Page> reply = listing.compressed(plain -> compressing.future());

    listing.retire();
    compressing.complete(new byte[5_000]);

    assertThat(reply.result().isShared()).isFalse();
    assertThat(reply.result().length()).isEqualTo(5_000);
    assertThat(memory.bytes()).isZero();
  }

  @Test
  void afterAFailureTheNextReaderHasItCompressedAgain() {
    Listing listing = published(LENGTH);

    Future<Page> failed = listing.compressed(plain -> Future.failedFuture("no worker"));
    Future<Page> next = listing.compressed(plain -> Future.succeededFuture(new byte[] {1}));

    assertThat(failed.failed()).isTrue();
    assertThat(next.result().length()).isEqualTo(1);
  }
}
