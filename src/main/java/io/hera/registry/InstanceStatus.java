package io.hera.registry;

import java.util.Locale;
import java.util.Set;

/** Whether a balancer is to send requests to an instance, as the member {@code status} of its document says. */
public enum InstanceStatus {
  /** It takes requests. */
  SHOWN,
  /** It is left out of what balancers read. */
  HIDDEN;

  private static final Set<String> HIDING =
      Set.of("down", "drain", "draining", "out_of_service", "maintenance", "starting", "critical");

  /**
   * Returns what a status says. Documents belong to their clients, and {@code "status":"ok"} must not make an instance vanish, so
   * only a few words hide it, in upper or lower case.
   */
  public static InstanceStatus of(String status) {
    return HIDING.contains(status.toLowerCase(Locale.ROOT)) ? HIDDEN : SHOWN;
  }
}
