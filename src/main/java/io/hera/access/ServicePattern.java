package io.hera.access;

/**
 * Services by name.
 *
 * @param name of the one service, or the beginning of their names; decoded
 * @param match how names are compared with it
 */
public record ServicePattern(String name, Match match) {
  /** All services. */
  public static final ServicePattern ALL = new ServicePattern("", Match.PREFIX);

  /** How the name of a service is compared; characters are what they are, in upper and lower case. */
  public enum Match {
    /** The names are the same. */
    EXACT,
    /** The service's name begins with the pattern's, and may be the same. */
    PREFIX
  }
}
