package io.hera.access;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who sends a request, by its header {@code Authorization}, or else by the certificate of its connection. Used by one thread at a time: one per event loop. */
public final class Authenticator {
  private static final String SCHEME = "bearer";

  private final TokenReader tokens = new TokenReader();

  /** The sender of a request, or why it is not known. */
  public sealed interface Result {}

  /** The sender is known, perhaps as a stranger. */
  public record Known(Caller caller) implements Result {}

  /** The header proves nothing. */
  public record Invalid(Flaw flaw, Optional<TokenHash> hash) implements Result {}

  /** Why a header proves nothing. */
  public enum Flaw {
    /** It has no token, or one that no identity of this node has. */
    UNKNOWN,
    /** It has a token that has been cut or changed. */
    DAMAGED
  }

  /**
   * Returns the sender of a request.
   *
   * @param authorization its header; null if it has none. A header decides alone, even if it proves nothing
   * @param names in the valid certificate of its connection; none without one
   */
  public Result sender(
      AccessRules rules, @Nullable String authorization, List<CertificateName> names) {
    if (authorization == null) {
      return new Known(rules.find(names).orElse(rules.stranger()));
    }
    String token = token(authorization);
    Optional<TokenHash> hash = tokens.hash(token);
    if (hash.isEmpty()) {
      return new Invalid(
          Token.isBegunBy(token) && token.length() <= 2 * Token.LENGTH
              ? Flaw.DAMAGED
              : Flaw.UNKNOWN,
          hash);
    }
    Identity identity = rules.find(hash.get());
    return identity == null
        ? new Invalid(Flaw.UNKNOWN, hash)
        : new Known(new Caller(identity, new Proof.ByToken(hash.get())));
  }

  /** Returns what follows the scheme Bearer, which may be written in any case, and spaces; empty without them. */
  private static String token(String authorization) {
    int length = SCHEME.length();
    if (!authorization.regionMatches(true, 0, SCHEME, 0, length)) {
      return "";
    }
    int from = length;
    while (from < authorization.length() && authorization.charAt(from) == ' ') {
      from++;
    }
    return from == length ? "" : authorization.substring(from);
  }
}
