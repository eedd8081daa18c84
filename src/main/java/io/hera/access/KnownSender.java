package io.hera.access;

import io.hera.access.Authenticator.Result;
import org.jspecify.annotations.Nullable;

/**
 * The sender of the last request on one connection. Clients keep their connections and their tokens, so nearly every request has the
 * sender of the one before. Owned by the connection; used by its thread.
 *
 * <p>Headers are compared in a time that does not depend on where they differ: behind a proxy, the next request may be another
 * client's, and the proxy's connection would tell it how much of its guess is right.
 */
public final class KnownSender {
  private @Nullable AccessRules rules;
  private @Nullable String authorization;
  private @Nullable Result result;

  /** Returns {@link Authenticator#sender}. */
  public Result of(Authenticator authenticator, AccessRules now, @Nullable String header) {
    Result known = result;
    if (known != null && rules == now && isSame(authorization, header)) {
      return known;
    }
    Result found = authenticator.sender(now, header);
    rules = now;
    authorization = header;
    result = found;
    return found;
  }

  private static boolean isSame(@Nullable String known, @Nullable String header) {
    if (known == null || header == null) {
      return known == null && header == null;
    }
    int difference = known.length() ^ header.length();
    for (int i = Math.min(known.length(), header.length()) - 1; i >= 0; i--) {
      difference |= known.charAt(i) ^ header.charAt(i);
    }
    return difference == 0;
  }
}
