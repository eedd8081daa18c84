package io.hera.client;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What an answer says about its node, whatever was asked. */
enum Verdict {
  /** The node is well: the answer is about the request. */
  SPEAKS,
  /** The node is well, but does not accept the token. */
  WRONG_TOKEN,
  /** The node cannot serve now. */
  AWAY,
  /** The answer does not come from a node of Hera. */
  NOT_HERA;

  private static final Set<Integer> AWAY_STATUSES = Set.of(408, 429, 500, 502, 503, 504);
  private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(5);

  static Verdict of(Answer answer) {
    int status = answer.status();
    if (isFullOfWatchers(answer)) {
      return SPEAKS;
    }
    if (AWAY_STATUSES.contains(status)) {
      return AWAY;
    }
    if (status == 401 || status == 403) {
      return WRONG_TOKEN;
    }
    boolean speaks = status == 200 || status == 204 || status == 304 || status == 507;
    return speaks || (status >= 400 && status < 500) ? SPEAKS : NOT_HERA;
  }

  /** Returns whether a node refuses to let more clients wait; it answers all other requests. */
  static boolean isFullOfWatchers(Answer answer) {
    return answer.status() == 503 && HeraProblem.of(answer).label().equals("too-many-watchers");
  }

  /** Returns which version of Hera answers like this; empty if the answer does not say. */
  static Optional<Node.Kind> kind(Answer answer) {
    if (answer.header("hera-node").isPresent()) {
      return Optional.of(Node.Kind.HERA);
    }
    return answer.status() < 300 ? Optional.of(Node.Kind.OF_2012) : Optional.empty();
  }

  /** Returns how long the node asks to be left alone, at most 5 minutes. */
  static Optional<Duration> retryAfter(Answer answer) {
    try {
      return answer
          .header("retry-after")
          .map(seconds -> Duration.ofSeconds(Math.max(0, Integer.parseInt(seconds.strip()))))
          .map(wait -> wait.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : wait);
    } catch (NumberFormatException date) {
      return Optional.empty();
    }
  }
}
