package io.hera.gossip;

import io.hera.json.Malformed;
import io.hera.tls.TlsFailure;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.UnknownHostException;

/** An exchange with a peer that failed. The reason is of limited length and has no control characters. */
final class ExchangeFailed extends Exception {
  private static final int LENGTH_MAX = 300;

  private final transient Failure failure;

  /** Creates a failure that does not say whether the peer is alive. */
  ExchangeFailed(String reason) {
    this(Failure.Kind.OTHER, reason);
  }

  /** Has no stack trace: it is about the peer, not about this program. */
  private ExchangeFailed(Failure.Kind kind, String reason) {
    super(printable(reason), null, false, false);
    this.failure = new Failure(kind, printable(reason));
  }

  /** Returns the failure that {@code cause}, an exception of the layers below, stands for. */
  static ExchangeFailed of(Throwable cause) {
    if (cause instanceof ExchangeFailed already) {
      return already;
    }
    return new ExchangeFailed(kind(cause), reason(cause));
  }

  /** Returns the failure of an exchange by TLS, and then of the same in clear. */
  ExchangeFailed and(ExchangeFailed inClear) {
    boolean refused =
        failure.kind() == Failure.Kind.REFUSED && inClear.failure.kind() == Failure.Kind.REFUSED;
    return new ExchangeFailed(
        refused ? Failure.Kind.REFUSED : Failure.Kind.OTHER,
        "by TLS: " + failure.reason() + "; in clear: " + inClear.failure.reason());
  }

  Failure failure() {
    return failure;
  }

  /** A connection that times out is a {@link ConnectException} too. A host or network that cannot be reached is not. */
  private static Failure.Kind kind(Throwable cause) {
    boolean refused =
        cause instanceof ConnectException && !(cause instanceof ConnectTimeoutException);
    return refused ? Failure.Kind.REFUSED : Failure.Kind.OTHER;
  }

  private static String reason(Throwable cause) {
    if (cause instanceof Malformed malformed) {
      return "malformed answer: " + malformed.reason();
    }
    if (TlsFailure.isOne(cause)) {
      return TlsFailure.of(cause).predicate();
    }
    if (cause instanceof ConnectTimeoutException) {
      return "timed out while connecting";
    }
    if (cause instanceof ConnectException) {
      return "connection refused";
    }
    if (cause instanceof UnknownHostException) {
      return "host name unknown";
    }
    return cause instanceof HttpClosedException
        ? "connection closed by the peer"
        : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static String printable(String text) {
    String cut = text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) + "…" : text;
    return cut.replaceAll("\\p{C}", "?");
  }
}
