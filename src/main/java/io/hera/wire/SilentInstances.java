package io.hera.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The instances that a node has accepted, and that were not renewed for half of their ttl: a part of
 * its {@link NodeStatus}.
 *
 * @param instances of all services
 * @param services of which most are silent
 * @param worst some of the services with silent instances, the worst first
 * @param leftOut further services with silent instances
 */
public record SilentInstances(
    long instances, long services, Map<String, OfService> worst, long leftOut) {
  /** No silent instance. */
  public static final SilentInstances NONE = new SilentInstances(0, 0, Map.of(), 0);

  /** Copies, in the order that the services have. */
  public SilentInstances {
    worst = Collections.unmodifiableMap(new LinkedHashMap<>(worst));
  }

  /**
   * Those of one service.
   *
   * @param silent instances
   * @param shown all instances of it that this node has accepted
   * @param sinceMillis unix milliseconds since which most of them are silent; 0 if not most are
   */
  public record OfService(long silent, long shown, long sinceMillis) {}
}
