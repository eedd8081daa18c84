package io.hera.gossip;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.spi.BodyStream;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the body of one answer and fails above a cap, after which it holds no more. Made by {@link PeerConnection} for each
 * answer, when its head is there.
 */
final class CappedBody implements BodyStream<CappedBody.Body> {
  private final Promise<Body> done = Promise.promise();
  private final Buffer bytes = Buffer.buffer();
  private final int bytesMax;
  private final long headNanos;
  private final long headWallMillis;

  CappedBody(Clocks clocks, int bytesMax) {
    this.bytesMax = bytesMax;
    this.headNanos = clocks.monotonicNanos().getAsLong();
    this.headWallMillis = clocks.wall().millis();
  }

  /**
   * A whole body.
   *
   * @param headNanos when the head of its answer came, monotonic
   * @param headWallMillis the same as unix time
   */
  record Body(Buffer bytes, long headNanos, long headWallMillis) {}

  @Override
  public Future<Body> result() {
    return done.future();
  }

  @Override
  public Future<Void> write(Buffer chunk) {
    if (bytes.length() + chunk.length() > bytesMax) {
      done.tryFail(new ExchangeFailed("answered more than " + bytesMax + " bytes"));
    }
    if (done.future().failed()) {
      return done.future().mapEmpty();
    }
    bytes.appendBuffer(chunk);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> end() {
    done.tryComplete(new Body(bytes, headNanos, headWallMillis));
    return done.future().mapEmpty();
  }

  @Override
  public void handle(Throwable cause) {
    done.tryFail(cause);
  }

  // Never full; the result reports each failure.

  @Override
  public CappedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }

  @Override
  public CappedBody setWriteQueueMaxSize(int size) {
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public CappedBody drainHandler(@Nullable Handler<Void> handler) {
    return this;
  }
}
