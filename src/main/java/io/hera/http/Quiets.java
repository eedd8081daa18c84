package io.hera.http;

import io.hera.wire.Durations;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import java.util.OptionalLong;

/** The text form of {@link Quiet}: a duration, or two with a colon between them. */
final class Quiets {
  private Quiets() {}

  static Quiet parse(String text) throws ProblemException {
    int colon = text.indexOf(':');
    long millis = millis(colon < 0 ? text : text.substring(0, colon));
    if (millis < Quiet.MILLIS_MIN || millis > Quiet.MILLIS_MAX) {
      throw new ProblemException(
          Problem.invalidQuery("quiet: the first duration is not in 100ms..60s"));
    }
    long max = colon < 0 ? Quiet.DEFAULT_FACTOR * millis : millis(text.substring(colon + 1));
    if (max < millis || max > Quiet.LONGEST_MILLIS) {
      throw new ProblemException(Problem.invalidQuery(
          "quiet: the second duration is less than the first, or more than 5m"));
    }
    return new Quiet(millis, max);
  }

  private static long millis(String text) throws ProblemException {
    OptionalLong millis = Durations.millis(text);
    if (millis.isEmpty()) {
      throw new ProblemException(
          Problem.invalidQuery("quiet: not a duration such as 2s, or two such as 2s:10s"));
    }
    return millis.getAsLong();
  }
}
