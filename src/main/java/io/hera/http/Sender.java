package io.hera.http;

import io.hera.wire.Problem;
import java.util.Optional;

/** The sender of a request, as far as {@link BrowserGuard} tells senders apart. */
enum Sender {
  /** Not a browser. */
  PROGRAM,
  /** A browser, for a page of this node's origin, or for its user. */
  BROWSER,
  /** A browser, for a page of an origin that may read and write. */
  ALLOWED_ORIGIN,
  /** A browser that called the node by a name which is not the node's. */
  UNKNOWN_HOST,
  /** A browser, for a page of any other origin. */
  OTHER_ORIGIN;

  /** Returns why its requests are refused, if they are. */
  Optional<Problem> refusal() {
    return switch (this) {
      case UNKNOWN_HOST -> Optional.of(Problem.unknownHost());
      case OTHER_ORIGIN -> Optional.of(Problem.crossOrigin());
      case PROGRAM, BROWSER, ALLOWED_ORIGIN -> Optional.empty();
    };
  }
}
