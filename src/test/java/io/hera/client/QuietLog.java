package io.hera.client;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Switches the log of the client off: thousands of simulated clients would fill it. */
final class QuietLog {
  /** Held, so that the setting stays. */
  private static final Logger LOG = Logger.getLogger("io.hera.client");

  private QuietLog() {}

  static void begin() {
    LOG.setLevel(Level.OFF);
  }
}
