package io.hera.http;

import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Reads request bodies within a limit of bytes and of time. One per HTTP verticle, used on its context only.
 *
 * <p>The server's idle time-out does not help against a client that sends a byte now and then, so each body has a deadline for
 * the whole of it. All bodies have the same time, so those under way are in the order of their deadlines, and one timer serves
 * all of them. When the limits change, the new ones hold for bodies under way too.
 */
public final class Bodies {
  private static final long SWEEP_MILLIS = 500;
  /** Replaced by the first part, so nothing is ever appended to it. */
  private static final Buffer NOTHING = Buffer.buffer(0);

  private final IntSupplier bytesMax;
  private final LongSupplier timeoutMillis;
  private final Set<Reading> underWay = new LinkedHashSet<>();
  private long sweeps;

  /** Reads bodies of at most {@code bytesMax} that come within {@code timeoutMillis}; both may change. */
  public Bodies(Vertx vertx, IntSupplier bytesMax, LongSupplier timeoutMillis) {
    this.bytesMax = bytesMax;
    this.timeoutMillis = timeoutMillis;
    vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
  }

  /** Returns the whole body; fails with a {@link ProblemException} if it cannot be JSON, is too large, too slow, or cut off. */
  public Future<Buffer> read(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    Optional<Future<Buffer>> refusal = BodyHead.refusal(request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    String length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
    if (length != null && tooLarge(length)) {
      return BodyHead.refused(request, Problem.tooLarge(bytesMax.getAsInt()));
    }
    BodyHead.proceed(request);
    return new Reading(request).begin();
  }

  private boolean tooLarge(String length) {
    try {
      return Long.parseLong(length.trim()) > bytesMax.getAsInt();
    } catch (NumberFormatException notANumber) {
      return true;
    }
  }

  private void sweep() {
    sweeps++;
    long limit = timeoutMillis.getAsLong();
    Iterator<Reading> oldest = underWay.iterator();
    while (oldest.hasNext()) {
      Reading reading = oldest.next();
      if ((sweeps - reading.begun - 1) * SWEEP_MILLIS < limit) {
        return;
      }
      oldest.remove();
      reading.fail(Problem.bodyTimeout(limit));
    }
  }

  /** One body under way. */
  private final class Reading {
    private final HttpServerRequest request;
    private final Promise<Buffer> whole = Promise.promise();
    private final long begun = sweeps;
    private Buffer body = NOTHING;
    private boolean joined;

    Reading(HttpServerRequest request) {
      this.request = request;
    }

    Future<Buffer> begin() {
      underWay.add(this);
      request.handler(this::add).endHandler(end -> end()).exceptionHandler(this::lost);
      return whole.future();
    }

    private void add(Buffer part) {
      int limit = bytesMax.getAsInt();
      if (body.length() + (long) part.length() > limit) {
        underWay.remove(this);
        fail(Problem.tooLarge(limit));
      } else {
        body = body.length() == 0 ? part : joined().appendBuffer(part);
      }
    }

    /** Nearly all bodies come in one part, which is taken as it is; those that come in many are copied once. */
    private Buffer joined() {
      body = joined ? body : Buffer.buffer(2 * body.length()).appendBuffer(body);
      joined = true;
      return body;
    }

    private void end() {
      underWay.remove(this);
      whole.tryComplete(body);
    }

    private void lost(Throwable failure) {
      underWay.remove(this);
      whole.tryFail(
          new ProblemException(Problem.invalidRequest("the body could not be read to its end")));
    }

    private void fail(Problem problem) {
      BodyHead.closeSoon(request);
      whole.tryFail(new ProblemException(problem));
    }
  }
}
