package io.hera.access;

import io.hera.access.Authenticator.Result;
import java.util.List;
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
  private List<CertificateName> names = List.of();
  private @Nullable Result result;

  /** Returns {@link Authenticator#sender}; the list of names has to be the same object, as long as it is the same. */
  @SuppressWarnings("ReferenceEquality") // another list costs a look-up
  public Result of(
      Authenticator authenticator,
      AccessRules now,
      @Nullable String header,
      List<CertificateName> shown) {
    Result known = result;
    if (known != null && rules == now && names == shown && isSame(authorization, header)) {
      return known;
    }
    Result found = authenticator.sender(now, header, shown);
    rules = now;
    authorization = header;
    names = shown;
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
