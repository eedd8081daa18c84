package io.hera.testkit;

import io.hera.access.AccessRules;
import io.hera.access.Token;
import io.hera.access.TokenReader;
import io.hera.config.Config;
import io.hera.config.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** The identities of the tests of access: one token each, and the access file with their hashes. */
public final class Tokens {
  private static final Random RANDOM = new Random(16);

  /** Writes billing. */
  public static final String WRITER = make();
  /** Reads billing-*. */
  public static final String READER = make();
  /** Reads and writes everything. */
  public static final String ALL = make();
  /** Operates. */
  public static final String OPERATOR = make();
  /** Scrapes metrics. */
  public static final String METRICS = make();
  /** Is a peer. */
  public static final String PEER = make();

  /** The access file, without an entry for anonymous requests. */
  public static final String FILE = entry("w", "write billing", WRITER)
      + entry("r", "read billing-*", READER)
      + entry("all", "read *, write *", ALL)
      + entry("op", "operate", OPERATOR)
      + entry("m", "metrics", METRICS)
      + entry("p", "peer", PEER);

  private Tokens() {}

  /** Returns a token that no identity has. */
  public static String make() {
    return Token.make(RANDOM);
  }

  /** Returns the hash of a token, as an access file has it. */
  public static String hash(String token) {
    return new TokenReader().hash(token).orElseThrow().written();
  }

  /** Returns one entry of an access file. */
  public static String entry(String name, String can, String... tokens) {
    StringBuilder hashes = new StringBuilder();
    for (String token : tokens) {
      hashes.append(hashes.length() == 0 ? "" : ", ").append(hash(token));
    }
    return "%s:\n  can: [%s]\n%s"
        .formatted(name, can, tokens.length == 0 ? "" : "  tokens: [" + hashes + "]\n");
  }

  /** Returns the rules of an access file with this text. */
  public static AccessRules rules(String text) {
    return Credentials.rules(
        Config.alone("alone", 0), "access.yml", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the header that shows a token. */
  public static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }
}
