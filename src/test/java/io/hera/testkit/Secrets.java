package io.hera.testkit;

import java.util.regex.Pattern;

/** What no log may have: a token, a whole hash of one as an access file has it, a private key. */
public final class Secrets {
  /** The last two lines are the same keys, of EC and of RSA, where only the base64 of PEM is left. */
  private static final Pattern SECRET = Pattern.compile("hera_[0-9A-Za-z]{49}"
      + "|sha256:[0-9a-f]{64}"
      + "|PRIVATE KEY"
      + "|AgEAMBMGByqGSM49|CAQAwEwYHKoZIzj0|IBADATBgcqhkjOPQ"
      + "|IBADANBgkqhkiG9w0BAQ");

  private Secrets() {}

  /** Returns whether a line has one. */
  public static boolean areIn(String line) {
    return SECRET.matcher(line).find();
  }
}
