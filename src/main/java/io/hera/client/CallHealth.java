package io.hera.client;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;

/**
 * How calls of an instance went: passive ejection, one step of its state machine per ended call.
 *
 * <p>A failure to connect ejects at once, because it costs a caller nothing to try another instance and
 * nearly always means that the process is gone; three other failures in a row do, too. The time
 * doubles with each ejection that follows without a success between, from 1 s to 30 s. After it, the
 * instance is on trial: one failure ejects it again, one success ends the matter.
 *
 * <p>Calls that began before an ejection say nothing about the time after it: they belong to an earlier
 * term, and are ignored.
 *
 * @param failures in a row
 * @param ejections without a success between
 * @param term the number of the ejection, ever
 * @param untilNanos end of the last ejection, if there was one
 */
record CallHealth(int failures, int ejections, int term, long untilNanos) {
  static final CallHealth GOOD = new CallHealth(0, 0, 0, 0);
  static final long EJECTION_MIN_NANOS = 1_000_000_000L;
  static final long EJECTION_MAX_NANOS = 30 * EJECTION_MIN_NANOS;
  private static final int FAILURES_MAX = 3;
  private static final int CAUSES_MAX = 8;

  /** Returns whether it was ejected since its last success, and the time is not over. */
  boolean isEjected(long nowNanos) {
    return ejections > 0 && nowNanos - untilNanos < 0;
  }

  /** Returns whether a success changes something. */
  boolean isGood() {
    return failures == 0 && ejections == 0;
  }

  CallHealth afterSuccess() {
    return new CallHealth(0, 0, term, untilNanos);
  }

  CallHealth afterFailure(Throwable why, long nowNanos) {
    if (!isConnect(why) && failures + 1 < FAILURES_MAX) {
      return new CallHealth(failures + 1, ejections, term, untilNanos);
    }
    long nanos = EJECTION_MIN_NANOS << Math.min(ejections, 5);
    long until = nowNanos + Math.min(EJECTION_MAX_NANOS, nanos);
    return new CallHealth(FAILURES_MAX - 1, ejections + 1, term + 1, until);
  }

  /** Returns whether there was no connection, so that the instance has seen nothing of the call. */
  static boolean isConnect(Throwable why) {
    Throwable cause = why;
    for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
      if (cause instanceof ConnectException
          || cause instanceof HttpConnectTimeoutException
          || cause instanceof NoRouteToHostException
          || cause instanceof UnknownHostException
          || cause instanceof UnresolvedAddressException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
