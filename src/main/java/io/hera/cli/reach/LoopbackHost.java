package io.hera.cli.reach;

import java.util.regex.Pattern;

/** Tells whether a host is this machine, without a look-up. */
public final class LoopbackHost {
  private static final Pattern LOOPBACK = Pattern.compile(
      "(?i)localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|::1|0:0:0:0:0:0:0:1");

  private LoopbackHost() {}

  /** Returns whether other machines cannot read messages to it. */
  public static boolean is(String host) {
    return LOOPBACK.matcher(host).matches();
  }
}
