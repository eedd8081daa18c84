package io.hera.http;

import io.hera.wire.Durations;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The raw query of a request. Parameters are split at {@code &} only; unknown ones are ignored.
 *
 * @param raw without the question mark, may be empty
 */
record Query(String raw) {
  /** Whether the answer is to be laid out for people: {@code ?pretty}. */
  boolean pretty() throws Rejected {
    String pretty = raw.isEmpty() ? null : value("pretty");
    return pretty != null && !pretty.equals("false") && !pretty.equals("0");
  }

  /** The ttl chosen with {@code ?ttl=15s} in milliseconds, at least 1, or 0 if there is none. */
  long ttlMillis() throws Rejected {
    String ttl = raw.isEmpty() ? null : value("ttl");
    if (ttl == null) {
      return 0;
    }
    OptionalLong millis = Durations.millis(ttl);
    if (millis.isEmpty()) {
      throw new Rejected(Problem.invalidQuery("ttl: not a duration such as 15, 500ms, 15s or 5m"));
    }
    return Math.max(1, millis.getAsLong());
  }

  /** How long to wait for news, {@code ?_wait=20000}: milliseconds from 0 to {@code millisMax}, 0 if it is not given. */
  long waitMillis(long millisMax) throws Rejected {
    String wait = raw.isEmpty() ? null : value("_wait");
    if (wait == null) {
      return 0;
    }
    try {
      return Math.max(0, Math.min(millisMax, Long.parseLong(wait)));
    } catch (NumberFormatException noNumber) {
      throw new Rejected(Problem.invalidQuery("_wait: not a number of milliseconds"));
    }
  }

  /** Whether checksums are asked for: {@code ?_checksums=1}. */
  boolean checksums() throws Rejected {
    return !raw.isEmpty() && "1".equals(value("_checksums"));
  }

  private @Nullable String value(String name) throws Rejected {
    String found = null;
    for (String parameter : raw.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String key = equals < 0 ? parameter : parameter.substring(0, equals);
      if (key.equals(name)) {
        if (found != null) {
          throw new Rejected(Problem.invalidQuery(name + " is given twice"));
        }
        found = equals < 0 ? "" : parameter.substring(equals + 1);
      }
    }
    return found;
  }
}
