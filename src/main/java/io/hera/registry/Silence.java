package io.hera.registry;

/**
 * How many of a service's own shown registrations are silent: not renewed for half of the time that
 * their clients had.
 *
 * @param silent those that are silent
 * @param shown all of them
 * @param sinceMillis agreed unix time at which {@link Extent#MOST} were silent; 0 if they were not
 */
public record Silence(String service, Extent extent, int silent, int shown, long sinceMillis) {
  /** How much of a service is silent. */
  public enum Extent {
    /** Little, or nothing any more. */
    SOME,
    /** At least three, and half of all. It stays until less than a quarter of all is silent. */
    MOST
  }
}
