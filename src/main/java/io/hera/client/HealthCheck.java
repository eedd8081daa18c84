package io.hera.client;

/** Says whether an instance can serve its callers. It runs on the thread {@code hera-events}. */
@FunctionalInterface
public interface HealthCheck {
  /** Returns whether the instance is well; an exception counts as false, and is logged. */
  boolean healthy() throws Exception;
}
