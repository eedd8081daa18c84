package io.hera.gossip;

import io.hera.json.Malformed;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.UnknownHostException;

/** Why an exchange with a peer came to nothing: one sentence for people, of limited length and without control characters. */
final class ExchangeFailed extends Exception {
  private static final int LENGTH_MAX = 300;

  /** Has no stack trace: it is about the peer, not about this program. */
  ExchangeFailed(String reason) {
    super(printable(reason), null, false, false);
  }

  /** The sentence for whatever went wrong below. */
  static ExchangeFailed of(Throwable cause) {
    if (cause instanceof ExchangeFailed already) {
      return already;
    }
    return new ExchangeFailed(reason(cause));
  }

  /** The sentence. */
  String reason() {
    return String.valueOf(getMessage());
  }

  private static String reason(Throwable cause) {
    if (cause instanceof Malformed malformed) {
      return "malformed answer: " + malformed.reason();
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
