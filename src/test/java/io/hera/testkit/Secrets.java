package io.hera.testkit;

import io.hera.access.Token;
import java.util.regex.Pattern;

/** What no log may have: a token, a whole hash of one as an access file has it, a private key. */
public final class Secrets {
  /** The last two lines are the same keys, of EC and of RSA, where only the base64 of PEM is left. */
  private static final Pattern SECRET = Pattern.compile("sha256:[0-9a-f]{64}"
      + "|PRIVATE KEY"
      + "|AgEAMBMGByqGSM49|CAQAwEwYHKoZIzj0|IBADATBgcqhkjOPQ"
      + "|IBADANBgkqhkiG9w0BAQ");

  private Secrets() {}

  /** Returns whether a line has one. */
  public static boolean areIn(String line) {
    return Token.isIn(line) || SECRET.matcher(line).find();
  }
}
