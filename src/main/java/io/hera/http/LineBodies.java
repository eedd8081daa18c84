package io.hera.http;

import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Reads request bodies line by line, as fast as the lines are dealt with: a body of any size takes the memory of a few lines. One per
 * HTTP verticle, used on its context only.
 *
 * <p>Each line has a limit. The whole body has none: a body ends if nothing of it comes for the time that other bodies have in all.
 */
public final class LineBodies {
  private static final long SWEEP_MILLIS = 500;

  private final IntSupplier lineBytesMax;
  private final LongSupplier timeoutMillis;
  private final Set<Reading> underWay = new HashSet<>();

  /** Reads lines of at most {@code lineBytesMax}; a body may pause for {@code timeoutMillis}. Both may change. */
  public LineBodies(Vertx vertx, IntSupplier lineBytesMax, LongSupplier timeoutMillis) {
    this.lineBytesMax = lineBytesMax;
    this.timeoutMillis = timeoutMillis;
    vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
  }

  /**
   * A line of a body.
   *
   * @param number 1 for the first
   * @param text without the line break; empty if the line was too long
   */
  public record Line(long number, Optional<byte[]> text) {}

  /** Deals with lines. No others are read before the future completes. */
  @FunctionalInterface
  public interface Reader {
    Future<Void> read(List<Line> lines);
  }

  /** Reads a body to its end; fails as {@link Bodies#read} does, or as the reader does. */
  public Future<Void> read(Exchange exchange, Reader reader) {
    HttpServerRequest request = exchange.request();
    Optional<Future<Void>> refusal = BodyHead.refusal(request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    BodyHead.proceed(request);
    return new Reading(request, reader).begin();
  }

  private void sweep() {
    long limit = timeoutMillis.getAsLong();
    List.copyOf(underWay).forEach(reading -> reading.sweep(limit));
  }

  /** One body under way. */
  private final class Reading {
    private final HttpServerRequest request;
    private final Reader reader;
    private final Promise<Void> whole = Promise.promise();
    private Buffer rest = Buffer.buffer();
    private boolean tooLong;
    private long number;
    /** Whether lines are being dealt with. */
    private boolean busy;

    private long idleSweeps;

    Reading(HttpServerRequest request, Reader reader) {
      this.request = request;
      this.reader = reader;
    }

    Future<Void> begin() {
      underWay.add(this);
      request.handler(this::add).endHandler(end -> end()).exceptionHandler(lost -> lost());
      return whole.future();
    }

    void sweep(long limitMillis) {
      idleSweeps = busy ? 0 : idleSweeps + 1;
      if ((idleSweeps - 1) * SWEEP_MILLIS >= limitMillis) {
        fail(new ProblemException(Problem.bodyTimeout(limitMillis)));
      }
    }

    private void add(Buffer part) {
      idleSweeps = 0;
      List<Line> lines = new ArrayList<>();
      int from = 0;
      for (int i = 0; i < part.length(); i++) {
        if (part.getByte(i) == '\n') {
          append(part, from, i);
          lines.add(line());
          from = i + 1;
        }
      }
      append(part, from, part.length());
      if (!lines.isEmpty()) {
        request.pause();
        busy = true;
        reader.read(lines).onSuccess(done -> goOn()).onFailure(this::fail);
      }
    }

    private void append(Buffer part, int from, int to) {
      if (tooLong || rest.length() + (to - from) > lineBytesMax.getAsInt()) {
        tooLong = true;
        rest = Buffer.buffer();
      } else {
        rest.appendBuffer(part, from, to - from);
      }
    }

    /** Returns the line that has come, and begins the next one. */
    private Line line() {
      number++;
      Line line = new Line(number, tooLong ? Optional.empty() : Optional.of(rest.getBytes()));
      tooLong = false;
      rest = Buffer.buffer();
      return line;
    }

    private void goOn() {
      busy = false;
      request.resume();
    }

    /** The last line may lack its line break. */
    private void end() {
      underWay.remove(this);
      if (rest.length() == 0 && !tooLong) {
        whole.tryComplete();
      } else {
        reader.read(List.of(line())).onComplete(whole::tryComplete, whole::tryFail);
      }
    }

    private void lost() {
      underWay.remove(this);
      whole.tryFail(
          new ProblemException(Problem.invalidRequest("the body could not be read to its end")));
    }

    private void fail(Throwable failure) {
      underWay.remove(this);
      BodyHead.closeSoon(request);
      whole.tryFail(failure);
    }
  }
}
