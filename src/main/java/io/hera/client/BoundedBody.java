package io.hera.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.zip.GZIPInputStream;

/** Collects the body of an answer, up to a bound; a longer one fails. One per answer. */
final class BoundedBody implements BodySubscriber<byte[]> {
  /** The longest body, inflated. */
  static final int BYTES_MAX = 64 << 20;

  private static final int CHUNK = 1 << 14;

  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private Optional<Flow.Subscription> subscription = Optional.empty();

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = Optional.of(given);
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (bytes.size() + buffer.remaining() > BYTES_MAX) {
        subscription.ifPresent(Flow.Subscription::cancel);
        body.completeExceptionally(new IOException("the answer is longer than 64 MiB"));
        return;
      }
      byte[] some = new byte[buffer.remaining()];
      buffer.get(some);
      bytes.writeBytes(some);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(bytes.toByteArray());
  }

  /** Inflates a body; fails if that is longer than {@link #BYTES_MAX}, or not gzip. */
  static byte[] inflated(byte[] zipped) throws IOException {
    if (zipped.length == 0) {
      return zipped;
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream(4 * zipped.length);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped), CHUNK)) {
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        if (plain.size() + n > BYTES_MAX) {
          throw new IOException("the answer is longer than 64 MiB");
        }
        plain.write(chunk, 0, n);
      }
    }
    return plain.toByteArray();
  }
}
